using System;
using DevKit.Dice.Certificates;
using DevKit.Dice.Curve;
using DevKit.Dice.Encodings;

namespace DevKit.Dice
{
    /// <summary>
    /// What a device shows of itself, and the one private key that it does so with: all that leaves the engine. The arrays are the
    /// credential's own: they are to be read only.
    /// </summary>
    public sealed class DiceCredential
    {
        internal DiceCredential()
        {
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
            problem = Certificates.OwnerCertificate.FindProblem(der, DeviceIdPublicKey, DeviceIdKeyId, out warning);
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
            return Pem.EncodeChain(
                OwnerCertificate == null ? new byte[][] { AliasCertificate } : new byte[][] { AliasCertificate, OwnerCertificate });
        }

        /// <summary>
        /// A certificate request in DER (PKCS #10) for the alias key, signed by it: the subject's common name is the registration ID, and
        /// there are no attributes.
        /// </summary>
        /// <exception cref="InvalidOperationException">The private key has been wiped.</exception>
        public byte[] CreateAliasRequest()
        {
            byte[] privateKey = EcPrivateKey.GetPrivateKey(AliasPrivateKey);
            try
            {
                if (!Scalar.IsInRange(privateKey))
                {
                    throw new InvalidOperationException("The alias private key has been wiped; only a new derivation brings it back.");
                }

                byte[] name = DistinguishedName.Encode(RegistrationId);
                return X509.Sign(CertificationRequest.EncodeInfo(name, AliasPublicKey), privateKey);
            }
            finally
            {
                SecretBytes.Clear(privateKey);
            }
        }

        /// <summary>
        /// What keeps certificates that a cloud's CA issued upon <see cref="CreateAliasRequest"/> from certifying this device: the first
        /// has to certify the alias key under the registration ID (without regard to case) and not be a CA's, and each one's issuer is the
        /// next one's subject. No signature is verified and no date is looked at: whether the chain is to be trusted is the hub's to judge.
        /// </summary>
        /// <param name="chain">1 to 8 X.509 certificates in DER, the device's own first.</param>
        /// <returns>A sentence; null if the chain certifies this device.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="chain"/> or one of its certificates is null.</exception>
        public string FindOperationalCertificateProblem(byte[][] chain)
        {
            Argument.Require(chain, nameof(chain));
            for (int i = 0; i < chain.Length; i++)
            {
                Argument.Require(chain[i], nameof(chain));
            }

            return OperationalCertificate.FindProblem(chain, RegistrationId, AliasPublicKey);
        }

        /// <summary>Wipes the private key.</summary>
        public void Clear()
        {
            SecretBytes.Clear(AliasPrivateKey);
        }
    }
}
