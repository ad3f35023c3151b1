internal import Actions
internal import Platform
public import Settings

/// The configuration of a private stack, as its programs will read it.
public enum StackConfiguration {
    /// What it says of the REST API.
    /// - Returns: nil when it is not there yet, or has mistakes, which the programs report.
    public static func api(in folder: StackFolder) -> APISettings? { settings(in: folder)?.api }

    /// The file in which its batch processor keeps the generation of the database.
    static func generationFile(in folder: StackFolder) -> String {
        settings(in: folder)?.batch.generationFile ?? folder.path + "/generation"
    }

    private static func settings(in folder: StackFolder) -> Settings? {
        guard Files.exists(folder.configuration) else { return nil }
        // As the programs of a stack are started: without the environment of who starts it.
        var input = SettingsInput.system
        input.variable = { _ in nil }
        return try? Settings.load(
            path: folder.configuration, from: input, kinds: ActionTable.kinds, now: SystemClock.now)
    }
}
