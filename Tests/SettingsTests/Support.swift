import Actions
import Settings
import Testing
import Webhooks

/// A machine without a disk: its variables and its files.
struct Machine {
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    var modes: [String: UInt32] = [:]
    var unreadable: Set<String> = []

    static let config = "/etc/hookledger/hookledger.yaml"

    init(_ yaml: String? = nil, environment: [String: String] = [:], files: [String: String] = [:]) {
        self.environment = environment
        self.files = files
        self.files[Self.config] = yaml
    }

    var input: SettingsInput {
        let machine = self
        return SettingsInput(
            variable: { machine.environment[$0] },
            readFile: { path in
                if machine.unreadable.contains(path) { return .unreadable("Permission denied") }
                return machine.files[path].map { .bytes(Array($0.utf8)) } ?? .absent
            },
            fileMode: { path in machine.files[path] == nil ? nil : machine.modes[path] ?? 0o640 })
    }

    func load(path: String? = nil) throws -> Settings {
        try Settings.load(path: path, from: input, kinds: ActionTable.kinds, now: Machine.now)
    }

    /// Every problem, whether the settings can be used or not.
    var problems: [String] {
        do { return try load().problems.map(\.description) } catch {
            return (error as? SettingsErrors)?.problems.map(\.description) ?? []
        }
    }

    /// The mistakes, whether the programs start with them or not.
    var mistakes: [String] {
        do { return try load().problems.filter(\.severity.isMistake).map(\.description) } catch {
            return (error as? SettingsErrors)?.problems.filter(\.severity.isMistake).map(\.description) ?? []
        }
    }

    /// 2026-01-01T00:00:00Z
    static let now = Timestamp(microseconds: 1_767_225_600_000_000)

    static let shopVariables = ["TIKTOK_APP_KEY": "6fk3", "TIKTOK_APP_SECRET": "s3cr3t-of-the-app"]
}
