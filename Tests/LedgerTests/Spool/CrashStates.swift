import Platform

/// What a power cut may leave of files: derived from the steps that a program made, by the rules of POSIX alone.
///
/// An fsync(2) of a file keeps its content so far, one of a folder keeps its entries so far. Of everything else each part may
/// be there or not: any subset of the changes of a folder's entries, and any of the beginnings of what was written to a file,
/// or as many zeros. One rename is done or not, also between two folders.
struct CrashStates {
    /// The content of each file, by path. Folders are there if they have a file.
    typealias State = [String: [UInt8]]

    private enum Change {
        case add(String, file: Int)
        case move(String, to: String, file: Int)
        case remove(String)
        case folder(String)
    }

    private struct File {
        var durable: [UInt8] = []
        var content: [UInt8] = []
        var isSynced = false
    }

    private let root: String
    private var files: [File] = []
    /// The file that a path has now.
    private var current: [String: Int] = [:]
    /// The file that a path has on the disk, and the folders there.
    private var durable: [String: Int] = [:]
    private var durableFolders: Set<String>
    /// What is not certain yet, in order.
    private var pending: [Change] = []

    /// Nothing but the folder `root`, on the disk.
    init(in root: String) {
        self.root = root
        durableFolders = [root]
    }

    /// A step was made.
    mutating func apply(_ step: FileSteps.Step) {
        switch step {
        case .create(let path):
            files.append(File())
            current[path] = files.count - 1
            pending.append(.add(path, file: files.count - 1))
        case .write(let path, let bytes):
            guard let file = current[path] else { return }
            files[file].content += bytes
            files[file].isSynced = false
        case .syncFile(let path):
            guard let file = current[path] else { return }
            files[file].durable = files[file].content
            files[file].isSynced = true
        case .rename(let path, let target):
            guard let file = current.removeValue(forKey: path) else { return }
            current[target] = file
            pending.append(.move(path, to: target, file: file))
        case .remove(let path):
            guard current.removeValue(forKey: path) != nil else { return }
            pending.append(.remove(path))
        case .makeFolder(let path): pending.append(.folder(path))
        case .syncFolder(let path):
            for change in pending where Self.folders(of: change).contains(path) {
                Self.apply(change, to: &durable, &durableFolders)
            }
            pending.removeAll { Self.folders(of: $0).contains(path) }
        }
    }

    /// Every state that a power cut at this moment may leave, each once.
    func all() -> Set<State> {
        precondition(pending.count <= 16, "every subset is tried")
        var states: Set<State> = []
        for subset in 0..<(1 << pending.count) {
            var entries = durable
            var folders = durableFolders
            for (place, change) in pending.enumerated() where subset >> place & 1 == 1 {
                Self.apply(change, to: &entries, &folders)
            }
            // What is in a folder that is not there, is not there.
            let reachable = entries.filter { folders.contains(Files.parent($0.key)) }
            states.formUnion(contents(of: reachable))
        }
        return states
    }

    /// The states of the files under those paths.
    private func contents(of entries: [String: Int]) -> [State] {
        entries.sorted { $0.key < $1.key }.reduce([[:]]) { states, entry in
            states.flatMap { state in
                possibilities(files[entry.value]).map { content in
                    var state = state
                    state[String(entry.key.dropFirst(root.count + 1))] = content
                    return state
                }
            }
        }
    }

    private func possibilities(_ file: File) -> [[UInt8]] {
        if file.isSynced { return [file.content] }
        let written = file.content.count - file.durable.count
        let zeros = file.durable + [UInt8](repeating: 0, count: written)
        return [file.durable, Array(file.content.dropLast(written / 2)), file.content, zeros]
    }

    private static func folders(of change: Change) -> [String] {
        switch change {
        case .add(let path, _), .remove(let path), .folder(let path): [Files.parent(path)]
        case .move(let path, let target, _): [Files.parent(path), Files.parent(target)]
        }
    }

    private static func apply(_ change: Change, to entries: inout [String: Int], _ folders: inout Set<String>) {
        switch change {
        case .add(let path, let file): entries[path] = file
        case .move(let path, let target, let file):
            entries[path] = nil
            entries[target] = file
        case .remove(let path): entries[path] = nil
        case .folder(let path): folders.insert(path)
        }
    }
}
