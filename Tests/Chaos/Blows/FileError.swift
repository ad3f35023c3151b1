import FaultSupport
import Patience
import Platform

extension Blow {
    /// One call on a file, at one place of the responder or the batch processor, fails once with EIO or ENOSPC. Each place
    /// has its turn.
    static let fileError = Blow("EIO or ENOSPC at a call site", weight: 14) { stand, chance in
        guard let fault = stand.faults.withLock({ $0.next(stand.shims.programs) }),
            let shim = stand.shims.programs.first(where: { $0.program == fault.program })?.shim
        else { return false }
        let before = shim.fired
        shim.arm(fault.site, fault.error)
        defer { shim.disarm() }
        var happened = eventually(withinSeconds: 0.5) { shim.fired != before }
        if !happened {
            // The places that write the spool, and those that read it back.
            let pids = stand.pair.primary.pids
            for pid in pids { ChildProcess.Signal.stop.send(to: pid) }
            happened = eventually(withinSeconds: 2.5) { shim.fired != before }
            for pid in pids { ChildProcess.Signal.resume.send(to: pid) }
            if !happened { happened = eventually(withinSeconds: 1.5) { shim.fired != before } }
        }
        if !happened {
            // Those of the start.
            _ = stand.signal(fault.program == "responder" ? "ingest" : "batch", .kill)
            happened = eventually(withinSeconds: 1.5) { shim.fired != before }
        }
        stand.faults.withLock { $0.note(fault, happened: happened) }
        return happened
    }
}

extension Shims {
    /// The programs of ours.
    var programs: [(program: String, shim: Shim)] { [("responder", responder), ("batch", batch)] }
}
