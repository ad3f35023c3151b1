import LocalStack
import Platform

/// A package of PyPI in a virtual environment beside the tests' build.
package enum PythonPackage {
    /// Installs it, unless it is there.
    /// - Returns: the Python that has it; nil when PyPI, or python3-venv, cannot be reached.
    package static func python(_ package: String, _ release: String) -> String? {
        guard let folder = try? Executable.folder() + "/\(package)-\(release)" else { return nil }
        let python = folder + "/bin/python3"
        if Files.exists(folder + "/installed") { return python }
        func succeeds(_ command: [String]) -> Bool {
            (try? ChildProcess.run(ChildCommand(command), timeout: .seconds(300)))?.succeeded == true
        }
        let wanted = "\(package)==\(release)"
        guard succeeds(["python3", "-m", "venv", "--clear", folder]),
            succeeds([folder + "/bin/pip", "install", "-q", "--timeout", "15", "--retries", "1", wanted]),
            (try? Files.write(folder + "/installed", text: wanted)) != nil
        else { return nil }
        return python
    }
}
