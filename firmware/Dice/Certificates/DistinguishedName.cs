using DevKit.Dice.Encodings;

namespace DevKit.Dice.Certificates
{
    /// <summary>Names of subjects and issuers (RFC 5280, 4.1.2.4).</summary>
    internal static class DistinguishedName
    {
        /// <summary>Where the tag of the text stands in a name that <see cref="Encode"/> made.</summary>
        internal const int TextOffset = 11;

        // The object identifier commonName (X.520, 6.2.2), and its content.
        private static readonly byte[] CommonName = { 0x06, 0x03, 0x55, 0x04, 0x03 };
        private static readonly byte[] CommonNameContent = { 0x55, 0x04, 0x03 };

        /// <summary>A name of one common name, as a UTF8String.</summary>
        internal static byte[] Encode(string commonName)
        {
            DerWriter der = new DerWriter(commonName.Length + 32);
            int name = der.Open(DerWriter.Sequence);
            int relativeName = der.Open(DerWriter.Set);
            int attribute = der.Open(DerWriter.Sequence);
            der.Write(CommonName);
            der.Write(DerWriter.Utf8String, commonName);
            der.Close(attribute);
            der.Close(relativeName);
            der.Close(name);
            return der.ToArray();
        }

        /// <summary>A name's common name.</summary>
        /// <param name="name">The name, encoded.</param>
        /// <returns>
        /// Its text, each byte outside printable ASCII as a question mark; null unless there is just one, as a UTF8String or
        /// PrintableString.
        /// </returns>
        internal static string FindCommonName(byte[] name)
        {
            string found = null;
            DerReader whole = new DerReader(name, 0, name.Length);
            whole.Next();
            DerReader relativeName = whole.Enter();
            while (relativeName.Next(DerWriter.Set))
            {
                DerReader attribute = relativeName.Enter();
                while (attribute.Next(DerWriter.Sequence))
                {
                    DerReader part = attribute.Enter();
                    if (part.Next(DerWriter.ObjectIdentifier) && part.ContentIs(CommonNameContent))
                    {
                        bool isText = part.Next() && (part.Tag == DerWriter.Utf8String || part.Tag == DerWriter.PrintableString);
                        if (found != null || !isText)
                        {
                            return null;
                        }

                        found = Ascii.GetText(part.ContentToArray());
                    }
                }
            }

            return found;
        }
    }
}
