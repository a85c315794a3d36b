using Microsoft.VisualStudio.TestTools.UnitTesting;

// Virtual boards mostly wait: for three seconds at each start, for a service, for a pause.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.MethodLevel)]
