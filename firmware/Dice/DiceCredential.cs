using System;
using DevKit.Dice.Certificates;
using DevKit.Dice.Encodings;

namespace DevKit.Dice
{
    /// <summary>
    /// What a device shows of itself, and the one private key that it does so with: all that leaves the engine. The arrays are the
    /// credential's own: they are to be read only.
    /// </summary>
    public sealed class DiceCredential
    {
        private readonly byte[] _deviceIdName;
        private readonly byte[] _deviceIdKeyInfo;

        internal DiceCredential(byte[] deviceIdName, byte[] deviceIdKeyInfo)
        {
            _deviceIdName = deviceIdName;
            _deviceIdKeyInfo = deviceIdKeyInfo;
        }

        /// <summary>The registration ID: the alias certificate's common name.</summary>
        public string RegistrationId { get; internal set; }

        /// <summary>The firmware ID: SHA-256 of the application image, 32 bytes.</summary>
        public byte[] Fwid { get; internal set; }

        /// <summary>The DeviceID key's identifier, 20 bytes: the leftmost of SHA-256 of the public key (RFC 7093, method 1).</summary>
        public byte[] DeviceIdKeyId { get; internal set; }

        /// <summary>The alias key's identifier, 20 bytes.</summary>
        public byte[] AliasKeyId { get; internal set; }

        /// <summary>The DeviceID public key, 65 bytes: 04 || X || Y. It lives as long as the UDS, whatever firmware runs.</summary>
        public byte[] DeviceIdPublicKey { get; internal set; }

        /// <summary>The alias public key, 65 bytes: 04 || X || Y. Another firmware has another.</summary>
        public byte[] AliasPublicKey { get; internal set; }

        /// <summary>The alias certificate in DER, signed by the DeviceID key.</summary>
        public byte[] AliasCertificate { get; internal set; }

        /// <summary>The DeviceID certificate in DER, self-signed.</summary>
        public byte[] DeviceIdCertificate { get; internal set; }

        /// <summary>The DeviceID certificate request in DER (PKCS #10), for an owner's CA to sign.</summary>
        public byte[] DeviceIdRequest { get; internal set; }

        /// <summary>The alias private key in DER (SEC 1 ECPrivateKey); zeros after <see cref="Clear"/>.</summary>
        public byte[] AliasPrivateKey { get; internal set; }

        /// <summary>The DeviceID certificate in DER as an owner's CA signed it; null if none was attached.</summary>
        public byte[] OwnerCertificate { get; private set; }

        /// <summary>
        /// What will keep others from building a chain with the owner's certificate: a subjectKeyIdentifier that is not
        /// <see cref="DeviceIdKeyId"/>, as <c>openssl x509 -req</c> puts in of its own accord. Null if there is nothing to say.
        /// </summary>
        public string OwnerCertificateWarning { get; private set; }

        /// <summary>
        /// Attaches the DeviceID certificate that an owner's CA signed, if it certifies this DeviceID: its subject is the alias
        /// certificate's issuer, its key the DeviceID key, and it is a CA's. Who signed it is not looked at: the service decides whom it
        /// trusts.
        /// </summary>
        /// <param name="der">The certificate in DER. It is kept, not copied.</param>
        /// <param name="problem">Why it was refused; null if it was attached.</param>
        /// <returns>True if it was attached; otherwise nothing has changed.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="der"/> is null.</exception>
        public bool TryAttachOwnerCertificate(byte[] der, out string problem)
        {
            Argument.Require(der, nameof(der));
            string warning;
            problem = Certificates.OwnerCertificate.FindProblem(der, _deviceIdName, _deviceIdKeyInfo, DeviceIdKeyId, out warning);
            if (problem != null)
            {
                return false;
            }

            OwnerCertificate = der;
            OwnerCertificateWarning = warning;
            return true;
        }

        /// <summary>The certificates that are shown to a server, as mbed TLS takes several: PEM, ended by a NUL.</summary>
        /// <returns>The alias certificate, and after it the owner's DeviceID certificate if there is one.</returns>
        public byte[] GetCertificateChainPem()
        {
            string pem = Pem.Encode("CERTIFICATE", AliasCertificate);
            if (OwnerCertificate != null)
            {
                pem += Pem.Encode("CERTIFICATE", OwnerCertificate);
            }

            byte[] chain = new byte[pem.Length + 1];
            Ascii.Write(pem, chain, 0);
            return chain;
        }

        /// <summary>Wipes the private key.</summary>
        public void Clear()
        {
            SecretBytes.Clear(AliasPrivateKey);
        }
    }
}
