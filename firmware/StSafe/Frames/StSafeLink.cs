using System;
using System.Device.I2c;

namespace DevKit.StSafe.Frames
{
    /// <summary>
    /// One command out, one answer in, over nanoFramework's I2C. There every missing acknowledge, of the address or of a byte, is
    /// <see cref="I2cTransferStatus.SlaveAddressNotAcknowledged"/>: such a command was not complete, so it was not taken. Anything else
    /// but a full transfer leaves open whether it was.
    /// </summary>
    internal sealed class StSafeLink
    {
        /// <summary>For <see cref="Exchange"/>: the answer may have any length.</summary>
        internal const int AnyLength = -1;

        // The chip takes up to 500 ms for a command.
        private const int PollPause = 10;
        private const int PollBound = 1000;

        // Damaged or timed-out reads of one answer, which the chip repeats until the next command.
        private const int MostBadReads = 3;

        private readonly I2cDevice _device;
        private readonly StSafePause _pause;
        private readonly CommandFrame _command;
        private readonly AnswerFrame _answer;
        private int _readLength;

        internal StSafeLink(I2cDevice device, StSafePause pause, CommandFrame command, AnswerFrame answer)
        {
            _device = device;
            _pause = pause;
            _command = command;
            _answer = answer;
        }

        /// <summary>Whether a command that ended so may or may not have been carried out.</summary>
        internal static bool LeavesOutcomeUnknown(StSafeStatus status)
        {
            return status == StSafeStatus.StillBusy || status == StSafeStatus.BusFault || status == StSafeStatus.BadAnswer;
        }

        /// <summary>Sends the sealed command and reads its answer.</summary>
        /// <param name="dataLength">Data bytes that a good answer has, or <see cref="AnyLength"/>.</param>
        /// <returns><see cref="StSafeStatus.Ok"/> with an intact answer, or how it failed.</returns>
        internal StSafeStatus Exchange(int dataLength)
        {
            StSafeStatus status = Send();
            return status == StSafeStatus.Ok ? Receive(dataLength) : status;
        }

        /// <summary>
        /// The same, for a command that has no lasting effect: once more when the first time leaves open what became of it.
        /// </summary>
        internal StSafeStatus ExchangeWithRetry(int dataLength)
        {
            StSafeStatus status = Exchange(dataLength);
            return LeavesOutcomeUnknown(status) ? Exchange(dataLength) : status;
        }

        private StSafeStatus Send()
        {
            for (int waited = 0; ; waited += PollPause)
            {
                I2cTransferResult result = _device.Write(new SpanByte(_command.Bytes, 0, _command.Length));
                if (result.Status == I2cTransferStatus.FullTransfer)
                {
                    return StSafeStatus.Ok;
                }

                // After this the old answer may still stand in the chip, with a good CRC: it must not be read as this command's.
                if (result.Status != I2cTransferStatus.SlaveAddressNotAcknowledged)
                {
                    return StSafeStatus.BusFault;
                }

                if (waited >= PollBound)
                {
                    return StSafeStatus.NoAnswer;
                }

                _pause(PollPause);
            }
        }

        private StSafeStatus Receive(int dataLength)
        {
            int badReads = 0;
            for (int waited = 0; ; waited += PollPause)
            {
                I2cTransferStatus read = ReadAnswer();
                if (read == I2cTransferStatus.FullTransfer && IsGood(dataLength))
                {
                    return _answer.Status;
                }

                if (read != I2cTransferStatus.SlaveAddressNotAcknowledged && ++badReads == MostBadReads)
                {
                    return read == I2cTransferStatus.FullTransfer ? StSafeStatus.BadAnswer : StSafeStatus.BusFault;
                }

                if (waited >= PollBound)
                {
                    return StSafeStatus.StillBusy;
                }

                _pause(PollPause);
            }
        }

        /// <summary>Reads the head, and then, when there is data, the whole answer again from its start.</summary>
        private I2cTransferStatus ReadAnswer()
        {
            I2cTransferStatus status = Read(AnswerFrame.HeadLength);
            if (status == I2cTransferStatus.FullTransfer && _answer.IsPlausible && _answer.DataLength > 0)
            {
                status = Read(_answer.Length);
            }

            return status;
        }

        private I2cTransferStatus Read(int count)
        {
            _readLength = count;
            return _device.Read(new SpanByte(_answer.Bytes, 0, count)).Status;
        }

        private bool IsGood(int dataLength)
        {
            // The length stands outside the CRC: it has to be the one that was read.
            if (!_answer.IsPlausible || _answer.Length != _readLength || !_answer.IsIntact)
            {
                return false;
            }

            return _answer.Status != StSafeStatus.Ok || dataLength == AnyLength || _answer.DataLength == dataLength;
        }
    }
}
