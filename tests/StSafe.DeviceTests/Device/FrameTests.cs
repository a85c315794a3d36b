using System;
using DevKit.StSafe.Frames;
using DevKit.StSafe.ProductInformation;
using nanoFramework.TestFramework;

namespace DevKit.StSafe.DeviceTests.Device
{
    /// <summary>Frames and answers; no chip is needed.</summary>
    [TestClass]
    public class FrameTests
    {
        [TestMethod]
        public void Crc_of_the_catalogue_s_check_string_is_906E()
        {
            byte[] digits = Hex.Ascii("123456789");
            Assert.AreEqual(0x906E, FrameCrc.Finish(FrameCrc.Add(FrameCrc.Initial, digits, 0, digits.Length)));
        }

        [TestMethod]
        public void Crc_may_be_taken_in_parts()
        {
            byte[] digits = Hex.Ascii("x123456789x");
            int register = FrameCrc.Add(FrameCrc.Initial, digits, 1, 4);
            Assert.AreEqual(0x906E, FrameCrc.Finish(FrameCrc.Add(register, digits, 5, 5)));
        }

        [TestMethod]
        public void Command_is_the_one_recorded_from_a_real_chip()
        {
            CommandFrame frame = new CommandFrame();
            frame.Begin(StSafeCommand.Query).Add(0x17).Seal();
            Assert.AreEqual("14179988", Hex.Format(frame.Bytes, frame.Length));
        }

        [TestMethod]
        public void Longest_update_fits_one_transfer()
        {
            CommandFrame frame = new CommandFrame();
            frame.Begin(StSafeCommand.UpdateZone).Add(0x80).Add(6).AddUInt16(0x0102)
                .AddBytes(new byte[StSafeA100.MaxDataLength], 0, StSafeA100.MaxDataLength).Seal();
            Assert.AreEqual("0680060102", Hex.Format(frame.Bytes, 5));
            Assert.AreEqual(187, frame.Length);
        }

        [TestMethod]
        public void Cleared_frame_is_empty()
        {
            CommandFrame frame = new CommandFrame();
            frame.Begin(StSafeCommand.Echo).AddBytes(Hex.Ascii("secret"), 0, 6).Seal();
            frame.Clear();
            Assert.AreEqual(0, frame.Length);
            Assert.AreEqual("000000000000000000", Hex.Format(frame.Bytes, 9));
        }

        [TestMethod]
        public void Answer_is_the_one_recorded_from_a_real_chip()
        {
            AnswerFrame answer = Receive("000003000F47");
            Assert.IsTrue(answer.IsPlausible);
            Assert.IsTrue(answer.IsIntact);
            Assert.AreEqual((int)StSafeStatus.Ok, (int)answer.Status);
            Assert.AreEqual(6, answer.Length);
            Assert.AreEqual("00", Hex.Format(answer.CopyData(), 1));
        }

        [TestMethod]
        public void Damaged_answers_are_found_out()
        {
            Assert.IsFalse(Receive("000003010F47").IsIntact);
            Assert.IsFalse(Receive("010003000F47").IsIntact);
            Assert.IsFalse(Receive("000003000F46").IsIntact);
            Assert.IsFalse(Receive("FFFFFFFFFF").IsPlausible);
            Assert.IsFalse(Receive("0000010000").IsPlausible);
            Assert.IsFalse(Receive("0000B70000").IsPlausible);
        }

        [TestMethod]
        public void Life_cycle_is_understood()
        {
            StSafeLifeCycle lifeCycle = new StSafeLifeCycle(0x83);
            Assert.AreEqual((int)StSafeLifeCyclePhase.Operational, (int)lifeCycle.Phase);
            Assert.IsTrue(lifeCycle.IsLocked);
            Assert.IsFalse(new StSafeLifeCycle(1).IsLocked);
        }

        [TestMethod]
        public void Family_is_told_by_the_mask()
        {
            Assert.AreEqual((int)StSafeFamily.A100, (int)new StSafeProductData(Hex.Parse("0103004010")).Family);
            Assert.AreEqual((int)StSafeFamily.A110, (int)new StSafeProductData(Hex.Parse("0201FF0103004600")).Family);
            Assert.AreEqual((int)StSafeFamily.Unknown, (int)new StSafeProductData(Hex.Parse("01030040")).Family);
        }

        [TestMethod]
        public void Partition_is_understood()
        {
            StSafeZone[] zones = PartitionParser.Parse(Hex.Parse("02" + "00009703D8" + "0501690040" + "0007A120"));
            Assert.AreEqual(2, zones.Length);
            Assert.AreEqual(984, zones[0].Length);
            Assert.IsTrue(zones[0].MayChangeReadAccess);
            Assert.AreEqual((int)StSafeAccess.Host, (int)zones[0].ReadAccess);
            Assert.AreEqual((int)StSafeAccess.Never, (int)zones[0].UpdateAccess);
            Assert.IsTrue(zones[1].IsCounter);
            Assert.AreEqual(500000U, zones[1].Counter);
            Assert.AreEqual((int)StSafeAccess.AuthenticationAndHost, (int)zones[1].ReadAccess);
        }

        [TestMethod]
        public void Partition_that_does_not_add_up_is_refused()
        {
            Assert.IsNull(PartitionParser.Parse(Hex.Parse("")));
            Assert.IsNull(PartitionParser.Parse(Hex.Parse("0200009703D8")));
            Assert.IsNull(PartitionParser.Parse(Hex.Parse("010000970300" + "00")));
        }

        private static AnswerFrame Receive(string bytes)
        {
            AnswerFrame answer = new AnswerFrame();
            byte[] received = Hex.Parse(bytes);
            Array.Copy(received, 0, answer.Bytes, 0, received.Length);
            return answer;
        }
    }
}
