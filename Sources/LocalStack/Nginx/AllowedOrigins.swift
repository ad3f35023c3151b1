internal import Actions
internal import Platform
internal import Settings
internal import Webhooks

/// The origins that the configuration of a private stack allows, for its nginx.
enum AllowedOrigins {
    /// Reads the same as the stack's programs; empty for a configuration with mistakes, which the programs report.
    static func read(in folder: StackFolder) -> [String] {
        // Like the programs of a stack: without the starter's environment.
        var input = SettingsInput.system
        input.variable = { _ in nil }
        let now = Timestamp(microseconds: SystemClock.wallMicroseconds())
        return (try? Settings.load(path: folder.configuration, from: input, kinds: ActionTable.kinds, now: now))?.api
            .allowedOrigins ?? []
    }
}
