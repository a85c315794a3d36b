namespace DevKit.VirtualParts.Faults;

/// <summary>What can go wrong between a host and the virtual chip, in the order of an exchange.</summary>
public enum FaultKind
{
    /// <summary>The chip does not acknowledge its address when the command is sent.</summary>
    CommandNotAcknowledged,

    /// <summary>The chip does not acknowledge byte <see cref="Fault.Value"/> of the command, from 0, and drops the command.</summary>
    CommandByteNotAcknowledged,

    /// <summary>The controller times out before the chip has the command.</summary>
    CommandTimedOutBefore,

    /// <summary>The controller times out after the chip has taken the command.</summary>
    CommandTimedOutAfter,

    /// <summary>Bit <see cref="Fault.Value"/> of the command arrives flipped; bit 0 is the highest of the first byte.</summary>
    CommandBitFlipped,

    /// <summary>Power fails, for chip and host, when <see cref="Fault.Value"/> bytes of the command have arrived.</summary>
    PowerCutInCommand,

    /// <summary>The chip loses its power for an instant when it has the command, and does not carry it out.</summary>
    ResetBeforeExecution,

    /// <summary>The chip refuses the command with status <see cref="Fault.Value"/>, and does not carry it out.</summary>
    StatusReturned,

    /// <summary>Power fails, for chip and host, when the command has changed <see cref="Fault.Value"/> bytes of its zone.</summary>
    PowerCutInWrite,

    /// <summary>The chip loses its power for an instant when it has carried out the command, and has no answer.</summary>
    ResetAfterExecution,

    /// <summary>The chip does not acknowledge its address when the answer is read.</summary>
    AnswerNotAcknowledged,

    /// <summary>The controller times out while the answer is read.</summary>
    AnswerTimedOut,

    /// <summary>Bit <see cref="Fault.Value"/> of the answer arrives flipped; bit 0 is the highest of the first byte.</summary>
    AnswerBitFlipped,

    /// <summary>The answer's length field says <see cref="Fault.Value"/>.</summary>
    AnswerLengthLies,

    /// <summary>The chip lets go of the bus after <see cref="Fault.Value"/> bytes of the answer: the rest reads as FF.</summary>
    AnswerTruncated,

    /// <summary>Power fails, for chip and host, when <see cref="Fault.Value"/> bytes of the answer have been read.</summary>
    PowerCutInAnswer,

    /// <summary>The bus is held: any transfer times out, and the chip sees nothing of it.</summary>
    BusStuck,

    /// <summary>A transfer of more than <see cref="Fault.Value"/> bytes is not acknowledged.</summary>
    LongTransferRefused,
}
