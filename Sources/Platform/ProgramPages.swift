internal import CPlatform
internal import Glibc

/// The memory that a program's own files take.
public enum ProgramPages {
    /// Releases memory that only the start needed: unwritten pages of the program and its libraries, which return from
    /// the page cache when they are used again (madvise(2), MADV_DONTNEED), and free memory at the top of the heap
    /// (malloc_trim(3)). For a program that runs for long; once, when it is ready.
    ///
    /// Does nothing where /proc is missing.
    public static func giveBack() {
        guard let maps = try? Files.readText("/proc/self/smaps", limit: 16 << 20) else { return }
        var mapping: UnsafeMutableRawBufferPointer?
        for line in maps.lines() {
            if let found = range(line) {
                mapping = isReadOnlyFile(line) ? found : nil
            } else if line.hasPrefix("Anonymous:"), let unwritten = mapping {
                // Relocated data is protected against writing, too, and would be lost.
                if line.split(separator: " ").dropFirst().first == "0" {
                    madvise(unwritten.baseAddress, unwritten.count, MADV_DONTNEED)
                }
                mapping = nil
            }
        }
        _ = malloc_trim(0)
    }

    /// The range of a line such as `55d0c000-55d0f000 r-xp 00000000 08:01 1234 /usr/bin/x` (proc(5)); nil for the lines
    /// below it, whose first word ends in a colon.
    private static func range(_ line: Substring) -> UnsafeMutableRawBufferPointer? {
        let bounds = line.prefix { $0 != " " }.split(separator: "-")
        guard bounds.count == 2, let start = UInt(bounds[0], radix: 16), let end = UInt(bounds[1], radix: 16),
            start < end
        else { return nil }
        return UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: start), count: Int(end - start))
    }

    private static func isReadOnlyFile(_ line: Substring) -> Bool {
        let columns = line.split(separator: " ")
        return columns.count >= 6 && !columns[1].contains("w") && columns[5].hasPrefix("/")
    }
}
