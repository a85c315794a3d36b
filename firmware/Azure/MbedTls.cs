namespace DevKit.Azure
{
    /// <summary>Codes of mbed TLS, which nanoCLR hands on as those of a SocketException.</summary>
    internal static class MbedTls
    {
        /// <summary>MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, -0x2700: name, CA or date; which of them nanoCLR does not tell.</summary>
        internal const int CertificateRefused = -0x2700;

        /// <summary>All of the X.509 and SSL modules' codes are below (mbedtls/error.h): -0x1080 and less.</summary>
        internal const int LeastError = -0x1000;
    }
}
