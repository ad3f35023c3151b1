import Glibc

/// Which call sites of which program have failed with which error.
struct FileFaults {
    struct Fault: Hashable {
        let program: String
        let site: Shim.Site
        let error: Int32
    }

    /// Those that happened.
    private(set) var done: Set<Fault> = []
    /// Those that were armed and not reached; tried again after all others.
    private var missed: [Fault: Int] = [:]

    static let errors = [EIO, ENOSPC]

    /// The next one that has not happened; nil when all have.
    func next(_ shims: [(program: String, shim: Shim)]) -> Fault? {
        let open = all(shims).filter { !done.contains($0) }
        return open.min { (missed[$0] ?? 0) < (missed[$1] ?? 0) }
    }

    /// All that are known by now.
    func all(_ shims: [(program: String, shim: Shim)]) -> [Fault] {
        shims.flatMap { program, shim in
            shim.sites.flatMap { site in
                Self.errors.map { Fault(program: program, site: site, error: $0) }
            }
        }
    }

    mutating func note(_ fault: Fault, happened: Bool) {
        if happened { done.insert(fault) } else { missed[fault, default: 0] += 1 }
    }
}
