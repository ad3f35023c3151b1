internal import Glibc
internal import Platform

/// The program file of a process.
public enum Executable {
    /// The file that this process runs, with links resolved (/proc/self/exe, proc(5)).
    ///
    /// - Throws: ``StackError`` when /proc is not there.
    public static func current() throws(StackError) -> String {
        let output = try StackError.wrap {
            try ChildProcess.run(ChildCommand(["readlink", "-f", "/proc/\(getpid())/exe"]))
        }
        guard output.succeeded, output.text.hasPrefix("/") else {
            throw StackError(.failed, "can not tell which program this is: \(output.errorText)")
        }
        return output.text
    }

    /// The folder that this process's file lies in, where the other programs of the same build are, too.
    ///
    /// - Throws: ``StackError`` when /proc is not there.
    public static func folder() throws(StackError) -> String {
        let program = try current()
        return String(program[..<(program.lastIndex(of: "/") ?? program.startIndex)])
    }

    /// The folder that holds `nginx/` and `sql/` as they ship: the repository that a program was built in, or
    /// `share/hookledger` of the prefix that it was installed in.
    ///
    /// - Parameter program: absolute path of the program file.
    /// - Throws: ``StackError`` when there is none.
    public static func share(of program: String) throws(StackError) -> String {
        var folder = program
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = String(folder[..<slash])
            for candidate in [folder, folder + "/share/hookledger"]
            where Files.exists(candidate + "/nginx/snippets/hookledger-locations.conf") {
                return candidate
            }
        }
        throw StackError(.missing, "no nginx/snippets/ in any folder above \(program)")
    }
}
