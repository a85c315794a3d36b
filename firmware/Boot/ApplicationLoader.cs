using System;
using System.Reflection;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Boot.Identity;

namespace DevKit.Boot
{
    /// <summary>Loads the measured application image in place: on nanoCLR the assembly runs out of the very array it is given.</summary>
    public static class ApplicationLoader
    {
        private const string TypeName = "DevKit.Dps.Application";

        /// <summary>Loads an image and makes its application.</summary>
        /// <param name="image">The application image.</param>
        /// <param name="problem">Why it can't be loaded, or null.</param>
        /// <returns>The application, or null when there is a problem.</returns>
        public static IApplication Load(byte[] image, out Notice problem)
        {
            string reason;
            try
            {
                Type type = Assembly.Load(image).GetType(TypeName);
                if (type != null)
                {
                    problem = null;
                    return (IApplication)type.GetConstructor(new Type[0]).Invoke(null);
                }

                reason = "it has no type " + TypeName + ".";
            }
            catch (Exception e)
            {
                // The CLR checks the image's own checksums and refuses junk, each runtime with its own exception.
                reason = e.GetType().Name + " " + e.Message;
            }

            problem = new Notice(
                "Bad image", "Flash the board again", "The application image can't be loaded: " + reason,
                "Build the solution and flash the board again.");
            return null;
        }
    }
}
