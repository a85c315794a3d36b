using System;
using System.Security.Cryptography.X509Certificates;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.Azure
{
    /// <summary>How the device proves who it is: by a certificate in the TLS handshake, or by a SAS token as MQTT password.</summary>
    public sealed class CloudCredential
    {
        private readonly byte[] _key;
        private readonly string _resource;
        private readonly string _keyName;

        private CloudCredential(X509Certificate2 certificate, byte[] key, string resource, string keyName)
        {
            Certificate = certificate;
            _key = key;
            _resource = resource;
            _keyName = keyName;
        }

        /// <summary>The client certificate with its key, or null with a SAS token.</summary>
        public X509Certificate2 Certificate { get; }

        /// <summary>
        /// After how many seconds a connection with it is to be made anew; of a certificate that is never. (int.MaxValue seconds are 68
        /// years.)
        /// </summary>
        public int RenewalSeconds
        {
            get { return _key == null ? int.MaxValue : SasToken.RenewalSeconds; }
        }

        /// <summary>The alias certificate, with the owner-signed DeviceID certificate behind it where there is one.</summary>
        public static CloudCredential FromIdentity(DiceCredential credential)
        {
            byte[] certificate = credential.OwnerCertificate == null ? credential.AliasCertificate : credential.GetCertificateChainPem();
            return new CloudCredential(new X509Certificate2(certificate, credential.AliasPrivateKey, ""), null, null, null);
        }

        /// <summary>An operational certificate that was issued for the alias key, and those above it.</summary>
        /// <param name="chain">DER, the device's own first; see <see cref="DiceCredential.FindOperationalCertificateProblem"/>.</param>
        /// <param name="credential">Whose alias key it is.</param>
        public static CloudCredential FromIssuedChain(byte[][] chain, DiceCredential credential)
        {
            return new CloudCredential(new X509Certificate2(Pem.EncodeChain(chain), credential.AliasPrivateKey, ""), null, null, null);
        }

        /// <summary>A shared key.</summary>
        /// <param name="base64Key">The key as the portal shows it.</param>
        /// <param name="resource">What the token is for: <c>{idScope}/registrations/{id}</c> or <c>{hub}/devices/{id}</c>.</param>
        /// <param name="keyName">Name of the policy, <c>registration</c> for DPS, or null.</param>
        /// <exception cref="CloudException">The key is not base64.</exception>
        public static CloudCredential FromSharedKey(string base64Key, string resource, string keyName)
        {
            try
            {
                return new CloudCredential(null, Convert.FromBase64String(base64Key), resource, keyName);
            }
            catch (Exception)
            {
                throw new CloudException(CloudReason.KeyNotBase64, null);
            }
        }

        /// <summary>Wipes the shared key. A certificate's key is the identity's, and stays.</summary>
        public void Clear()
        {
            SecretBytes.Clear(_key);
        }

        /// <summary>A fresh SAS token, or null with a certificate.</summary>
        /// <param name="utcNow">The date.</param>
        public string MakePassword(DateTime utcNow)
        {
            long now = (utcNow.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
            return _key == null ? null : SasToken.Make(_resource, _keyName, _key, now + SasToken.LifetimeSeconds);
        }
    }
}
