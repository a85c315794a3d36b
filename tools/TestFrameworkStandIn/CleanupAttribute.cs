namespace nanoFramework.TestFramework;

/// <summary>Marks a method that runs once after the tests of its class; here, after those of the assembly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CleanupAttribute : Attribute
{
}
