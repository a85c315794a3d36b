namespace DevKit.Boot
{
    /// <summary>
    /// The application image that this build of Boot carries. The other half of this class is written by the build, out of
    /// the application's own output (MeasuredImage.targets).
    /// </summary>
    public static partial class MeasuredImage
    {
        /// <summary>The image's bytes, or null when this build carries none.</summary>
        public static byte[] Read()
        {
            byte[] bytes = null;
            Load(ref bytes);
            return bytes;
        }

        static partial void Load(ref byte[] bytes);
    }
}
