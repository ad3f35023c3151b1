internal import Glibc
internal import Platform

/// The program file of a process.
public enum Executable {
    /// The file that this process runs, with links resolved (/proc/self/exe, proc(5)).
    ///
    /// - Throws: ``StackError`` when /proc is missing.
    public static func current() throws(StackError) -> String {
        let output = try StackError.wrap {
            try ChildProcess.run(ChildCommand(["readlink", "-f", "/proc/\(getpid())/exe"]))
        }
        guard output.succeeded, output.text.hasPrefix("/") else {
            throw StackError(.failed, "cannot tell which program this is: \(output.errorText)")
        }
        return output.text
    }

    /// The folder of this process's file, which also has the other programs of the build.
    ///
    /// - Throws: ``StackError`` when /proc is missing.
    public static func folder() throws(StackError) -> String {
        let program = try current()
        return String(program[..<(program.lastIndex(of: "/") ?? program.startIndex)])
    }

    /// The folder with the shipped `nginx/` and `sql/`: the repository of a built program, or
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
