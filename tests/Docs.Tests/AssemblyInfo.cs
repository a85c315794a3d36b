using Microsoft.VisualStudio.TestTools.UnitTesting;

// Who follows a page mostly waits.
[assembly: Parallelize(Workers = 3, Scope = ExecutionScope.MethodLevel)]
