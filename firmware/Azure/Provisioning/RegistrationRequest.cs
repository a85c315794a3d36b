using System;
using DevKit.Azure.Json;

namespace DevKit.Azure.Provisioning
{
    /// <summary>What a device asks the provisioning service for.</summary>
    public sealed class RegistrationRequest
    {
        private const string ApiVersion = "2021-06-01";
        private const string ApiVersionWithCsr = "2025-07-01-preview";

        /// <summary>For a device.</summary>
        /// <param name="idScope">The service instance's ID scope.</param>
        /// <param name="registrationId">The device's registration ID.</param>
        public RegistrationRequest(string idScope, string registrationId)
        {
            IdScope = idScope;
            RegistrationId = registrationId;
        }

        /// <summary>The service instance's ID scope.</summary>
        public string IdScope { get; }

        /// <summary>The device's registration ID.</summary>
        public string RegistrationId { get; }

        /// <summary>JSON for the owner's allocation function, or null.</summary>
        public string Payload { get; set; }

        /// <summary>A certificate request (PKCS #10, DER) for an operational certificate, or null to ask for none.</summary>
        public byte[] Csr { get; set; }

        /// <summary>The MQTT user name.</summary>
        public string UserName
        {
            get
            {
                return IdScope + "/registrations/" + RegistrationId + "/api-version=" + (Csr == null ? ApiVersion : ApiVersionWithCsr);
            }
        }

        /// <summary>The request's JSON.</summary>
        public string ToJson()
        {
            string json = "{\"registrationId\":" + JsonText.Quote(RegistrationId);
            if (Payload != null)
            {
                json += ",\"payload\":" + Payload;
            }

            if (Csr != null)
            {
                json += ",\"csr\":\"" + Convert.ToBase64String(Csr) + "\"";
            }

            return json + "}";
        }
    }
}
