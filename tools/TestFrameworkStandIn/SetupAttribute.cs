namespace nanoFramework.TestFramework;

/// <summary>Marks a method that runs once before the tests of its class.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SetupAttribute : Attribute
{
}
