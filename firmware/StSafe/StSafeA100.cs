using System;
using System.Device.I2c;
using System.Threading;
using DevKit.StSafe.Frames;
using DevKit.StSafe.ProductInformation;

namespace DevKit.StSafe
{
    /// <summary>
    /// The STSAFE-A100 secure element on I2C, without a host session. Every exchange is one write, the command, and then reads
    /// until the chip answers: while it works it does not acknowledge its address.
    /// </summary>
    /// <remarks>
    /// A command that was not acknowledged was not taken and is sent again, up to one second. A command that has no lasting effect
    /// is sent once more when the bus timed out or the answer stays damaged. An update never is: the zone is read back instead.
    /// A command that the chip refused is not repeated.
    /// </remarks>
    public sealed class StSafeA100
    {
        /// <summary>The chip's 7-bit address on the DevKit.</summary>
        public const int DefaultI2cAddress = 0x20;

        /// <summary>The most data bytes of one command; an update of at most so many is atomic.</summary>
        public const int MaxDataLength = CommandFrame.MaxDataLength;

        private readonly object _gate = new object();
        private readonly StSafeLink _link;
        private readonly CommandFrame _command;
        private readonly AnswerFrame _answer;

        /// <summary>A driver over an I2C device, which stays the caller's; proves that the chip is there.</summary>
        /// <param name="device">Address <see cref="DefaultI2cAddress"/>, standard mode (100 kHz).</param>
        /// <exception cref="StSafeException">No chip answers as an STSAFE does; the message says what to check.</exception>
        public StSafeA100(I2cDevice device)
            : this(device, Thread.Sleep)
        {
        }

        /// <summary>A driver whose pauses between polls are the caller's, for a virtual clock.</summary>
        /// <param name="device">Address <see cref="DefaultI2cAddress"/>, standard mode (100 kHz).</param>
        /// <param name="pause">Lets time pass between polls.</param>
        /// <exception cref="StSafeException">No chip answers as an STSAFE does; the message says what to check.</exception>
        public StSafeA100(I2cDevice device, StSafePause pause)
        {
            if (device == null)
            {
                throw new ArgumentNullException(nameof(device));
            }

            if (pause == null)
            {
                throw new ArgumentNullException(nameof(pause));
            }

            _command = new CommandFrame();
            _answer = new AnswerFrame();
            _link = new StSafeLink(device, pause, _command, _answer);
            VerifyPresence(device.ConnectionSettings);
        }

        /// <summary>Has the chip send data back.</summary>
        /// <param name="data">At most <see cref="MaxDataLength"/> bytes.</param>
        /// <returns>The same bytes.</returns>
        /// <exception cref="ArgumentException"><paramref name="data"/> is null or too long.</exception>
        /// <exception cref="StSafeException">The chip or the bus failed.</exception>
        public byte[] Echo(byte[] data)
        {
            if (data == null || data.Length > MaxDataLength)
            {
                throw new ArgumentException("Echo takes 0 to 180 bytes.", nameof(data));
            }

            lock (_gate)
            {
                try
                {
                    _command.Begin(StSafeCommand.Echo).AddBytes(data, 0, data.Length).Seal();
                    Execute("Echo", data.Length);
                    return _answer.CopyData();
                }
                finally
                {
                    ClearBuffers();
                }
            }
        }

        /// <summary>Takes bytes from the chip's random generator.</summary>
        /// <param name="count">How many, 1 or more.</param>
        /// <returns>The random bytes.</returns>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
        /// <exception cref="StSafeException">The chip or the bus failed.</exception>
        public byte[] GenerateRandom(int count)
        {
            if (count < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            byte[] bytes = new byte[count];
            lock (_gate)
            {
                try
                {
                    for (int done = 0; done < count; done += _answer.DataLength)
                    {
                        int piece = Piece(count - done);
                        _command.Begin(StSafeCommand.GenerateRandom).Add(0).Add(piece).Seal();
                        Execute("Generate random", piece);
                        _answer.CopyData(bytes, done);
                    }
                }
                catch
                {
                    Array.Clear(bytes, 0, count);
                    throw;
                }
                finally
                {
                    ClearBuffers();
                }
            }

            return bytes;
        }

        /// <summary>Reads bytes of a zone, in pieces of at most <see cref="MaxDataLength"/>.</summary>
        /// <param name="zone">The zone's number.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">How many bytes, 1 or more.</param>
        /// <returns>The bytes; the caller clears them when they are secret.</returns>
        /// <exception cref="ArgumentOutOfRangeException">Zone, offset or count is out of range.</exception>
        /// <exception cref="StSafeException">The chip or the bus failed, or the chip refused.</exception>
        public byte[] ReadZone(int zone, int offset, int count)
        {
            ZoneRange.Check(zone, offset, count);
            byte[] bytes = new byte[count];
            lock (_gate)
            {
                try
                {
                    for (int done = 0; done < count; done += _answer.DataLength)
                    {
                        ExecuteReadZone(zone, offset + done, Piece(count - done));
                        _answer.CopyData(bytes, done);
                    }
                }
                catch
                {
                    Array.Clear(bytes, 0, count);
                    throw;
                }
                finally
                {
                    ClearBuffers();
                }
            }

            return bytes;
        }

        /// <summary>
        /// Writes bytes of a zone, in ascending pieces of at most <see cref="MaxDataLength"/>. Each piece is atomic: all or nothing
        /// across a power cut; several together are not.
        /// </summary>
        /// <param name="zone">The zone's number.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="data">The new bytes, 1 or more.</param>
        /// <exception cref="ArgumentException"><paramref name="data"/> is null, or zone, offset or length is out of range.</exception>
        /// <exception cref="StSafeException">
        /// The chip or the bus failed, or the chip refused. Where it was left open whether the chip took a piece, the zone was read back,
        /// and does not hold it or could not be read.
        /// </exception>
        public void UpdateZone(int zone, int offset, byte[] data)
        {
            if (data == null)
            {
                throw new ArgumentNullException(nameof(data));
            }

            UpdateZone(zone, offset, data, 0, data.Length);
        }

        /// <summary>Writes bytes of a zone out of a part of an array, as <see cref="UpdateZone(int, int, byte[])"/> does.</summary>
        /// <param name="zone">The zone's number.</param>
        /// <param name="offset">First byte in the zone.</param>
        /// <param name="data">Where the new bytes are.</param>
        /// <param name="start">Index of the first of them.</param>
        /// <param name="count">How many, 1 or more.</param>
        /// <exception cref="ArgumentException">
        /// <paramref name="data"/> is null or too short, or zone, offset or count is out of range.
        /// </exception>
        /// <exception cref="StSafeException">As above.</exception>
        public void UpdateZone(int zone, int offset, byte[] data, int start, int count)
        {
            ZoneRange.Check(zone, offset, count);
            if (data == null || start < 0 || start > data.Length - count)
            {
                throw new ArgumentException("The bytes to write are not all in the array.", nameof(data));
            }

            lock (_gate)
            {
                try
                {
                    int piece;
                    for (int done = 0; done < count; done += piece)
                    {
                        piece = Piece(count - done);
                        UpdatePiece(zone, offset + done, data, start + done, piece);
                    }
                }
                finally
                {
                    ClearBuffers();
                }
            }
        }

        /// <summary>Asks for the life cycle.</summary>
        /// <exception cref="StSafeException">The chip or the bus failed, or the chip refused.</exception>
        public StSafeLifeCycle QueryLifeCycle()
        {
            return new StSafeLifeCycle(Query("Query life cycle", 0x08, 1)[0]);
        }

        /// <summary>Asks for the product data.</summary>
        /// <exception cref="StSafeException">The chip or the bus failed, or the chip refused.</exception>
        public StSafeProductData QueryProductData()
        {
            return new StSafeProductData(Query("Query product data", 0x11, StSafeLink.AnyLength));
        }

        /// <summary>Asks for the zones of the data partition.</summary>
        /// <exception cref="StSafeException">The chip or the bus failed, or the chip refused, or the zones do not add up.</exception>
        public StSafeZone[] QueryPartition()
        {
            StSafeZone[] zones = PartitionParser.Parse(Query("Query data partition", 0x12, StSafeLink.AnyLength));
            if (zones == null)
            {
                throw StSafeException.For("Query data partition", StSafeStatus.BadAnswer);
            }

            return zones;
        }

        /// <summary>
        /// Asks whether host keys are stored. If so, the chip's secure channel was enabled once, and zones may hold envelopes that only the
        /// firmware which enabled it could open.
        /// </summary>
        /// <exception cref="StSafeException">The chip or the bus failed, or the chip refused.</exception>
        public bool QueryHostKeysPresent()
        {
            byte[] slot = Query("Query host key slot", 0x17, StSafeLink.AnyLength);
            return slot.Length > 0 && slot[0] == 1;
        }

        private static int Piece(int remaining)
        {
            return remaining < MaxDataLength ? remaining : MaxDataLength;
        }

        private void VerifyPresence(I2cConnectionSettings settings)
        {
            byte[] probe = { 0x00, 0x55, 0xAA, 0xFF };
            try
            {
                byte[] answer = Echo(probe);
                for (int i = 0; i < probe.Length; i++)
                {
                    if (answer[i] != probe[i])
                    {
                        throw StSafeException.For("Echo", StSafeStatus.BadAnswer);
                    }
                }
            }
            catch (StSafeException e)
            {
                throw new StSafeException(
                    e.Status,
                    "No STSAFE-A100 at address 0x" + settings.DeviceAddress.ToString("X2") + " of I2C bus " + settings.BusId.ToString()
                    + ". Check the address (0x20 on the DevKit), the wires and pull-ups, and that the bus runs in standard mode. "
                    + e.Message);
            }
        }

        private byte[] Query(string what, int tag, int length)
        {
            lock (_gate)
            {
                _command.Begin(StSafeCommand.Query).Add(tag).Seal();
                Execute(what, length);
                return _answer.CopyData();
            }
        }

        private void ExecuteReadZone(int zone, int offset, int count)
        {
            BuildReadZone(zone, offset, count);
            Execute("Read zone " + zone.ToString(), count);
        }

        private void BuildReadZone(int zone, int offset, int count)
        {
            _command.Begin(StSafeCommand.ReadZone).Add(0).Add(zone).AddUInt16(offset).AddUInt16(count).Seal();
        }

        private void UpdatePiece(int zone, int offset, byte[] data, int start, int count)
        {
            const int Atomic = 0x80;
            _command.Begin(StSafeCommand.UpdateZone).Add(Atomic).Add(zone).AddUInt16(offset).AddBytes(data, start, count).Seal();
            StSafeStatus status = _link.Exchange(0);
            if (status == StSafeStatus.Ok)
            {
                return;
            }

            if (StSafeLink.LeavesOutcomeUnknown(status) && ZoneContains(zone, offset, data, start, count))
            {
                return;
            }

            throw StSafeException.For("Update zone " + zone.ToString(), status);
        }

        /// <summary>
        /// Whether a zone holds these bytes; false too when it cannot be read, so that the first failure is the one reported.
        /// </summary>
        private bool ZoneContains(int zone, int offset, byte[] data, int start, int count)
        {
            BuildReadZone(zone, offset, count);
            return _link.ExchangeWithRetry(count) == StSafeStatus.Ok && _answer.DataEquals(data, start);
        }

        private void Execute(string what, int length)
        {
            StSafeStatus status = _link.ExchangeWithRetry(length);
            if (status != StSafeStatus.Ok)
            {
                throw StSafeException.For(what, status);
            }
        }

        private void ClearBuffers()
        {
            _command.Clear();
            _answer.Clear();
        }
    }
}
