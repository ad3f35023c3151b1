import Glibc
import Platform
import Testing

@Suite struct EnvironmentTests {
    @Test func aVariableCanBeSetAndReplaced() throws {
        let name = "HOOKLEDGER_TEST_VARIABLE"
        #expect(Environment.value(of: name) == nil)
        try Environment.set(name, to: "one")
        try Environment.set(name, to: "two")
        #expect(Environment.value(of: name) == "two")
        unsetenv(name)
        #expect(Environment.value(of: name) == nil)
    }

    @Test(arguments: ["", "A=B"])
    func aNameThatIsNoneIsRefused(name: String) {
        #expect(throws: SystemCallError(call: "setenv", code: EINVAL)) { try Environment.set(name, to: "x") }
    }

    @Test func anErrorSaysWhatFailedAndWhy() {
        #expect(SystemCallError(call: "accept4", code: EMFILE).description == "accept4: Too many open files (24)")
    }
}
