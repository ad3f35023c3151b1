import Ledger
import Postgres
import Settings

/// Whether jobs may run on this database from this host.
struct RestoreDoctor {
    let settings: Settings

    /// The jobs of a restored database are held, and so are those of a host without a generation file.
    func finding(_ connection: Connection) throws(PostgresError) -> Finding {
        if let open = try RestoreHold.current(on: connection) {
            return Finding(
                "restore", .failed, open.reason + " All jobs are held.",
                advice: "hookledger restore --release --dry-run shows them; without --dry-run it releases them")
        }
        let file = GenerationFile(settings.batch.generationFile)
        do throws(GenerationFile.Unreadable) {
            guard let number = try file.read() else {
                return Finding(
                    "restore", .failed, "\(file.path) is missing: the batch processor of this host runs no job",
                    advice: "setup-users writes it, and so does hookledger restore --release; a host without a batch "
                        + "processor needs none")
            }
            return Finding("restore", .ok, "the database is not older than this host knows it (generation \(number))")
        } catch {
            return Finding("restore", .failed, "\(error)", advice: "hookledger restore --release writes it again")
        }
    }
}
