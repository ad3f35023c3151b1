import Platform
import Testing

@Suite struct ProcessorsTests {
    /// nproc(1) asks the kernel for the same set.
    @Test func thoseThatThisProcessMayUse() throws {
        let plain = ["env", "-u", "OMP_NUM_THREADS", "-u", "OMP_THREAD_LIMIT", "nproc"]
        let output = try ChildProcess.run(ChildCommand(plain))
        #expect(output.text == "\(Processors.usable)")
    }
}
