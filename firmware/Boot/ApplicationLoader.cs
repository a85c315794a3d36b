using System;
using System.Reflection;
using DevKit.Board;
using DevKit.Board.Handover;

namespace DevKit.Boot
{
    /// <summary>Loads the measured application image in place: on nanoCLR the assembly runs out of the very array it is given.</summary>
    public static class ApplicationLoader
    {
        /// <summary>Loads an image and makes its application: the first class that implements <see cref="IApplication"/>.</summary>
        /// <param name="image">The application image.</param>
        /// <param name="problem">Why it can't be loaded, or null.</param>
        /// <returns>The application, or null when there is a problem.</returns>
        public static IApplication Load(byte[] image, out Notice problem)
        {
            string reason;
            try
            {
                ConstructorInfo constructor = FindConstructor(Assembly.Load(image));
                if (constructor != null)
                {
                    problem = null;
                    return (IApplication)constructor.Invoke(null);
                }

                reason = "it has no class that implements IApplication.";
            }
            catch (Exception e)
            {
                // The CLR checks the image's own checksums and refuses junk, each runtime with its own exception.
                reason = e.GetType().Name + " " + e.Message;
            }

            problem = new Notice(
                "Bad image",
                "Flash the board again",
                "The application image can't be loaded: " + reason,
                "Build the solution and flash the board again.");
            return null;
        }

        private static ConstructorInfo FindConstructor(Assembly assembly)
        {
            Type[] types = assembly.GetTypes();
            for (int i = 0; i < types.Length; i++)
            {
                if (!types[i].IsAbstract && IsApplication(types[i]))
                {
                    return types[i].GetConstructor(new Type[0]);
                }
            }

            return null;
        }

        private static bool IsApplication(Type type)
        {
            Type[] interfaces = type.GetInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                if (interfaces[i] == typeof(IApplication))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
