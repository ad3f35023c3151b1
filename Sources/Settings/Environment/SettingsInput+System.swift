import Platform

extension SettingsInput {
    /// The environment of this process and the files of this machine.
    public static let system = SettingsInput(
        variable: { Environment.value(of: $0) },
        readFile: { path in
            do throws(FileError) {
                // One byte more than a configuration may have, so that its reader can report that it is too large.
                return .bytes(try Files.read(path, limit: YAMLReader.maximumBytes + 1))
            } catch {
                return error.isMissing ? .absent : .unreadable(error.description)
            }
        },
        fileMode: { path in
            do throws(FileError) { return try Files.status(path)?.mode } catch { return nil }
        })
}
