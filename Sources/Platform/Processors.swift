internal import CPlatform
internal import Glibc

/// The processors of this machine.
public enum Processors {
    /// How many of them this process may use (sched_getaffinity(2)): fewer than the machine has under taskset(1) or in a
    /// container with its own set. One if the kernel does not say.
    public static var usable: Int {
        // Room for 8,192: the call fails where the kernel's set is larger than the given one.
        var set = [cpu_set_t](repeating: cpu_set_t(), count: 8)
        let size = set.count * MemoryLayout<cpu_set_t>.stride
        guard sched_getaffinity(0, size, &set) == 0 else { return 1 }
        return max(1, set.withUnsafeBytes { $0.reduce(0) { $0 + $1.nonzeroBitCount } })
    }
}
