internal import Platform

/// The health endpoint as for a client: through nginx, with a checked certificate.
enum Health {
    /// Asks once.
    ///
    /// - Returns: whether the answer was a 2xx, and what came instead.
    static func check(_ url: String, certificate: String) throws(StackError) -> (isGood: Bool, text: String) {
        let curl = try Program.find("curl", package: "curl")
        let output = try StackError.wrap {
            try ChildProcess.run(
                ChildCommand([
                    curl, "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", "--max-time", "5",
                    "--cacert", certificate, url + "/health",
                ]), timeout: .seconds(10))
        }
        return (output.succeeded, output.text + output.errorText)
    }
}
