internal import Actions
internal import Platform
internal import Settings
internal import Webhooks

/// The origins that the configuration of a private stack allows, for its nginx.
enum AllowedOrigins {
    /// Reads what the stack's programs will read; none of a configuration with mistakes, which the programs report.
    static func read(in folder: StackFolder) -> [String] {
        // As the programs of a stack are started: without the environment of who starts it.
        var input = SettingsInput.system
        input.variable = { _ in nil }
        let now = Timestamp(microseconds: SystemClock.wallMicroseconds())
        return (try? Settings.load(path: folder.configuration, from: input, kinds: ActionTable.kinds, now: now))?.api
            .allowedOrigins ?? []
    }
}
