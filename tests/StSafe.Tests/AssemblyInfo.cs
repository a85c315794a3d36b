// There is one board a process (NanoStandIns.MachineHost), so the tests of this assembly run one after the other.
[assembly: DoNotParallelize]
