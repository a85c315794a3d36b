using DevKit.Dice;

namespace DevKit.Board.Handover
{
    /// <summary>
    /// The text of zone 5, in one of two forms:
    /// <c>HostName=...;DeviceId=...;SharedAccessKey=...</c> or
    /// <c>DPSEndpoint=...;IdScope=...[;RegistrationId=...][;DeviceId=...;SymmetricKey=...][;Csr=on]</c>.
    /// Fields may come in any order; of the DPS form each may be missing, as they are set one by one.
    /// </summary>
    public sealed class CloudSettings
    {
        // In the order in which they are written; DeviceId belongs to both forms.
        private const int HostNameField = 0;
        private const int DpsEndpointField = 1;
        private const int IdScopeField = 2;
        private const int RegistrationIdField = 3;
        private const int DeviceIdField = 4;
        private const int SharedAccessKeyField = 5;
        private const int SymmetricKeyField = 6;
        private const int CsrField = 7;
        private const int FieldCount = 8;

        private readonly string[] _values = new string[FieldCount];
        private bool _isUnrecognized;

        /// <summary>Which form the fields make.</summary>
        public CloudKind Kind
        {
            get
            {
                if (_isUnrecognized)
                {
                    return CloudKind.Unrecognized;
                }

                if (HasDpsField)
                {
                    return CloudKind.Dps;
                }

                return HasHubField ? CloudKind.Hub : CloudKind.None;
            }
        }

        /// <summary>Host name of the hub, or null.</summary>
        public string HostName
        {
            get { return _values[HostNameField]; }
            set { _values[HostNameField] = value; }
        }

        /// <summary>Device ID, of either form, or null.</summary>
        public string DeviceId
        {
            get { return _values[DeviceIdField]; }
            set { _values[DeviceIdField] = value; }
        }

        /// <summary>The device's key at the hub in base64, or null; secret.</summary>
        public string SharedAccessKey
        {
            get { return _values[SharedAccessKeyField]; }
            set { _values[SharedAccessKeyField] = value; }
        }

        /// <summary>Host name of the DPS endpoint, or null.</summary>
        public string DpsEndpoint
        {
            get { return _values[DpsEndpointField]; }
            set { _values[DpsEndpointField] = value; }
        }

        /// <summary>ID scope of the DPS instance, or null.</summary>
        public string IdScope
        {
            get { return _values[IdScopeField]; }
            set { _values[IdScopeField] = value; }
        }

        /// <summary>The chosen registration ID, or null for the default one.</summary>
        public string RegistrationId
        {
            get { return _values[RegistrationIdField]; }
            set { _values[RegistrationIdField] = value; }
        }

        /// <summary>The key of a symmetric-key enrollment in base64, or null; secret.</summary>
        public string SymmetricKey
        {
            get { return _values[SymmetricKeyField]; }
            set { _values[SymmetricKeyField] = value; }
        }

        /// <summary>Whether DPS is to be asked for an operational certificate, by a request (CSR) for the alias key.</summary>
        public bool IsCsrWanted
        {
            get { return IsSet(CsrField); }
            set { _values[CsrField] = value ? CloudFieldRules.On : null; }
        }

        private bool HasDpsField
        {
            get
            {
                return IsSet(DpsEndpointField) || IsSet(IdScopeField) || IsSet(RegistrationIdField) || IsSet(SymmetricKeyField)
                    || IsSet(CsrField);
            }
        }

        private bool HasHubField
        {
            get { return IsSet(HostNameField) || IsSet(SharedAccessKeyField); }
        }

        /// <summary>Reads a connection string.</summary>
        /// <param name="text">The text without NUL; null for none.</param>
        /// <param name="problem">What is wrong with it, as a sentence that does not show it; null when it is one of the two forms.</param>
        /// <returns>The settings; of <see cref="CloudKind.Unrecognized"/>, and empty, when there is a problem.</returns>
        public static CloudSettings Parse(byte[] text, out string problem)
        {
            CloudSettings settings = new CloudSettings();
            problem = text == null ? null : settings.ParseFields(text);
            if (problem != null)
            {
                settings = new CloudSettings { _isUnrecognized = true };
            }

            return settings;
        }

        /// <summary>
        /// What keeps the fields from being stored: both forms mixed, a hub's string with a field missing, or a value of a wrong form.
        /// </summary>
        /// <returns>A sentence, or null.</returns>
        public string FindProblem()
        {
            if (HasDpsField && HasHubField)
            {
                return "The cloud connection string mixes a hub's fields (HostName, SharedAccessKey) with those of DPS "
                    + "(DPSEndpoint, IdScope, RegistrationId, SymmetricKey, Csr).";
            }

            if (HasHubField && !(IsSet(HostNameField) && IsSet(DeviceIdField) && IsSet(SharedAccessKeyField)))
            {
                return "A hub's connection string needs all of HostName, DeviceId and SharedAccessKey.";
            }

            if (!HasDpsField && !HasHubField && IsSet(DeviceIdField))
            {
                return "The cloud connection string has a DeviceId alone: neither a hub's HostName nor a DPSEndpoint or IdScope.";
            }

            for (int i = 0; i < FieldCount; i++)
            {
                string problem = IsSet(i) ? CloudFieldRules.FindProblem(NameOf(i), _values[i]) : null;
                if (problem != null)
                {
                    return problem;
                }
            }

            return null;
        }

        /// <summary>The text to store, in the field order of the original firmware.</summary>
        /// <returns>Bytes without NUL, to be cleared by the caller; null when no field is set.</returns>
        public byte[] ToBytes()
        {
            int length = 0;
            for (int i = 0; i < FieldCount; i++)
            {
                // Name, '=', value, ';'
                length += IsSet(i) ? NameOf(i).Length + _values[i].Length + 2 : 0;
            }

            if (length == 0)
            {
                return null;
            }

            byte[] text = new byte[length - 1];
            int at = 0;
            for (int i = 0; i < FieldCount; i++)
            {
                if (IsSet(i))
                {
                    at = CloudText.Append(text, CloudText.Append(text, at, NameOf(i), '='), _values[i], ';');
                }
            }

            return text;
        }

        private static string NameOf(int field)
        {
            switch (field)
            {
                case HostNameField: return "HostName";
                case DpsEndpointField: return "DPSEndpoint";
                case IdScopeField: return "IdScope";
                case RegistrationIdField: return "RegistrationId";
                case DeviceIdField: return "DeviceId";
                case SharedAccessKeyField: return "SharedAccessKey";
                case SymmetricKeyField: return "SymmetricKey";
                default: return "Csr";
            }
        }

        private static int FieldOf(string name)
        {
            for (int i = 0; i < FieldCount; i++)
            {
                if (NameOf(i) == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private string ParseFields(byte[] text)
        {
            if (!CloudText.IsPrintable(text))
            {
                return "The cloud connection string has characters outside printable ASCII.";
            }

            string[] fields = CloudText.ToText(text).Split(';');
            for (int i = 0; i < fields.Length; i++)
            {
                string problem = fields[i].Length == 0 ? null : ParseField(fields[i], i + 1);
                if (problem != null)
                {
                    return problem;
                }
            }

            return Kind == CloudKind.None && !IsSet(DeviceIdField) ? "The cloud connection string has no field." : FindProblem();
        }

        private string ParseField(string text, int number)
        {
            int equals = text.IndexOf('=');
            string name = equals < 0 ? "" : text.Substring(0, equals);
            if (name == "SharedAccessKeyName")
            {
                return "This is a service's connection string (it has SharedAccessKeyName): take the device's own.";
            }

            int field = FieldOf(name);
            if (field < 0)
            {
                return "Field " + number.ToString() + " of the cloud connection string is none of HostName=, DeviceId=, SharedAccessKey=, "
                    + "DPSEndpoint=, IdScope=, RegistrationId=, SymmetricKey=, Csr=."
                    + (IsSet(DeviceIdField) ? " (A semicolon ends a field: a DeviceId that has one can't be stored.)" : "");
            }

            if (IsSet(field))
            {
                return name + " is given twice in the cloud connection string.";
            }

            _values[field] = text.Substring(equals + 1);
            return null;
        }

        private bool IsSet(int field)
        {
            return !string.IsNullOrEmpty(_values[field]);
        }
    }
}
