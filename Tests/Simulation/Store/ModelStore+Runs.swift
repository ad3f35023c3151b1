import Jobs

extension ModelStore {
    /// The rows of effects before their calls.
    mutating func begin(_ starts: [EffectStart]) -> [Int64: EffectState] {
        var states: [Int64: EffectState] = [:]
        for start in starts {
            guard jobs[start.job.id]?.token == start.job.leaseToken else {
                states[start.job.id] = .leaseLost
                continue
            }
            guard let known = effects[start.key] else {
                if plant != .effectWithoutRow {
                    effects[start.key] = EffectRow(state: "started", job: start.job.id, eventID: start.job.eventID)
                }
                states[start.job.id] = .begun
                continue
            }
            switch known.state {
            case "done": states[start.job.id] = .done
            case "uncertain": states[start.job.id] = .uncertain
            default:
                let owner = jobs[known.job]?.state
                if known.job == start.job.id || owner != .ready && owner != .running {
                    effects[start.key]?.job = start.job.id
                    states[start.job.id] = .doubtful
                } else {
                    states[start.job.id] = .busy
                }
            }
        }
        return states
    }

    // MARK: Slots

    /// - Returns: number and token; nil if all are taken.
    mutating func takeSlot(at now: Int64) -> (number: Int, token: Int64)? {
        guard let place = slots.firstIndex(where: { ($0.expiresAt ?? now) <= now }) else { return nil }
        lastToken += 1
        slots[place] = SlotRow(token: lastToken, expiresAt: now + Slots.seconds * 1_000_000)
        return (place, lastToken)
    }

    mutating func renewSlot(_ slot: (number: Int, token: Int64), at now: Int64) -> Bool {
        guard slots[slot.number].token == slot.token else { return false }
        slots[slot.number].expiresAt = now + Slots.seconds * 1_000_000
        return true
    }

    mutating func releaseSlot(_ slot: (number: Int, token: Int64)) {
        if slots[slot.number].token == slot.token { slots[slot.number] = SlotRow() }
    }

    // MARK: Destinations

    mutating func tell(_ change: DestinationChange, at now: Int64) {
        guard let opened = change.opened else {
            destinations[change.destination] = nil
            return
        }
        let until = now + opened.wait * 1000
        let known = destinations[change.destination]
        let latest = opened.afterProbe ? until : max(known?.openUntil ?? until, until)
        destinations[change.destination] = (latest, (known?.openings ?? 0) + 1)
        for row in jobsInOrder where row.state == .ready && change.actions.contains(row.action) && row.runAt < until {
            jobs[row.id]?.runAt = until
        }
    }

    func openDestinations(at now: Int64) -> [String: (left: Int64, openings: Int)] {
        destinations.mapValues { (left: max(0, ($0.openUntil - now) / 1000), openings: $0.openings) }
    }

    mutating func takeProbe(_ destination: String, at now: Int64) -> Bool {
        guard let open = destinations[destination], open.openUntil <= now + 50_000 else { return false }
        destinations[destination]?.openUntil = now + Int64(Lease.seconds) * 1_000_000
        return true
    }
}
