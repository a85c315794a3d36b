using Microsoft.VisualStudio.TestTools.UnitTesting;

// Virtual boards mostly wait: for three seconds at each start.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.MethodLevel)]
