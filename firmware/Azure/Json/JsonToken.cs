namespace DevKit.Azure.Json
{
    /// <summary>What <see cref="JsonReader"/> has read (RFC 8259).</summary>
    public enum JsonToken : byte
    {
        /// <summary>Nothing yet.</summary>
        None,

        /// <summary>The brace that opens an object.</summary>
        StartObject,

        /// <summary>The brace that closes an object.</summary>
        EndObject,

        /// <summary>The bracket that opens an array.</summary>
        StartArray,

        /// <summary>The bracket that closes an array.</summary>
        EndArray,

        /// <summary>A member's name, and the colon behind it.</summary>
        Name,

        /// <summary>A string.</summary>
        Text,

        /// <summary>A number.</summary>
        Number,

        /// <summary>true.</summary>
        True,

        /// <summary>false.</summary>
        False,

        /// <summary>null.</summary>
        Null,

        /// <summary>The end of a document that was whole.</summary>
        End,

        /// <summary>No JSON, or more than is read. It stays so.</summary>
        Invalid,
    }
}
