import JobsSupport
import Patience
import Platform
import Postgres
import StandIns
import TestThreads
import Testing

/// The action `moderate_comment` in the real `hookledger-batch`, with both APIs as stand-ins.
@Suite(.blocking) struct ModerationTests {
    let fixture: JobsFixture
    let standIns: StandIns

    init() throws {
        fixture = try JobsFixture()
        standIns = try StandIns()
    }

    private func program(_ action: String) throws -> BatchProgram {
        try BatchProgram(fixture, url: "http://127.0.0.1:1", actions: [action], condition: "{ type: comment.created }")
    }

    private func run(_ action: String) throws {
        let program = try program(action)
        defer { program.remove() }
        #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
    }

    private var decisions: String? {
        get throws {
            try fixture.value(
                "select string_agg(comment_id || ' ' || coalesce(moderation, '-'), ', ' order by comment_id) from comments"
            )
        }
    }

    @Test func everyDecisionIsKeptAndEveryDeletionHappensOnce() throws {
        for _ in 0..<2 {
            try fixture.comment("a", "This is a new comment")
            try fixture.comment("d", "Get FREE money now")
            try fixture.comment("p", "you badword1 you")
            try fixture.comment("r", "Nice")
            try run(Moderation.business(standIns))
        }
        #expect(try decisions == "a allow, d delete, p delete, r review")
        #expect(try standIns.effects("deleted") == ["d": 1, "p": 1])
        #expect(try standIns.effects("delete_calls") == ["d": 1, "p": 1])
        #expect(try fixture.count("jobs") == 0)
        #expect(
            try fixture.value(
                "select string_agg(effect_key || ' ' || state, ', ' order by effect_key) from effects")
                == "moderate_comment:shop:d done, moderate_comment:shop:p done")
        #expect(
            try fixture.value("select string_agg(comment_id || ': ' || reason, ', ') from comment_review_queue")
                == "r: fewer than 2 words")
        #expect(
            try fixture.value("select moderation_reason || ' ' || moderated_by from comments where comment_id = 'd'")
                == "spam: free money rules")
    }

    @Test func theDatabaseMakesCompatibleLettersPlain() throws {
        try fixture.comment("wide", "ＦＲＥＥ　ＭＯＮＥＹ")
        try fixture.comment("bold", "you 𝐛𝐚𝐝𝐰𝐨𝐫𝐝𝟏 you")
        try fixture.comment("ligature", "das ist ﬁes und so")
        try run(
            Moderation.guide(standIns, ", profanity_words: [ＢＡＤＷＯＲＤ１, fies], spam_phrases: [free money], min_words: 0"))
        #expect(try decisions == "bold delete, ligature delete, wide delete")
        #expect(try standIns.effects("deleted").count == 3)
    }

    @Test func aCommentThatIsGoneIsDecidedAboutButNotDeleted() throws {
        try fixture.comment("d", "free money", deleted: true)
        try run(Moderation.guide(standIns))
        #expect(try decisions == "d delete")
        #expect(try standIns.effects("delete_calls").isEmpty)
        #expect(try fixture.count("job_attempts") == 1)
    }

    @Test func aDeletionByTheSenderInBetweenMakesOursNeedless() throws {
        try fixture.comment("d", "free money")
        // The API is busy, and the deletion waits.
        try standIns.inject("busy", at: "/business/")
        try run(Moderation.business(standIns))
        #expect(try decisions == "d delete" && fixture.count("jobs", "state = 0") == 1)
        try fixture.senderDeletes("d")
        try fixture.superuser.execute("update jobs set run_at = now()")
        try run(Moderation.business(standIns))
        #expect(try standIns.effects("delete_calls").isEmpty)
        #expect(
            try fixture.count("job_attempts", "outcome = 'skipped' and reason = 'the comment is gone already'") == 1)
    }

    /// A worker dies after TikTok has deleted the comment; TikTok's own event comes before the job's next attempt.
    @Test func theSendersEventSettlesADeletionThatNobodyWroteDown() throws {
        try fixture.comment("d", "free money")
        try run(Moderation.guide(standIns))
        try fixture.superuser.execute(
            """
            update effects set state = 'started', finished_at = null;
            insert into jobs (action, kind, rule, event_id, event_received_at, note)
            select action, kind, rule, event_id, event_received_at, '{}' from job_attempts where action like '%deletion';
            """)
        try fixture.senderDeletes("d")
        try run(Moderation.guide(standIns))
        #expect(try standIns.effects("delete_calls") == ["d": 1])
        #expect(try fixture.count("effects", "state = 'done' and answer = 'the sender says it is gone'") == 1)
        #expect(try fixture.count("uncertain_effects") == 0)
    }

    @Test func aPersonsWordCountsMoreThanTheRules() throws {
        try fixture.comment("r", "Nice")
        try fixture.superuser.execute(
            "update comments set moderation = 'allow', moderated_by = 'cli:jane', moderated_at = now()")
        try run(Moderation.guide(standIns, ", spam_phrases: [nice]"))
        #expect(try decisions == "r allow")
        #expect(try standIns.effects("delete_calls").isEmpty)
    }

    @Test func aLimitThatIsReachedCostsNoAttempt() throws {
        try fixture.comment("limited", "free money")
        let program = try program(Moderation.business(standIns, ", retries: 0"))
        defer { program.remove() }
        for _ in 0..<40 where try fixture.count("jobs") > 0 {
            #expect(try program.start("--once").wait(timeout: .seconds(patience)) == .exited(0))
            SystemClock.sleep(milliseconds: 50)
        }
        #expect(try standIns.effects("deleted") == ["limited": 1])
        #expect(try fixture.count("job_attempts", "outcome = 'retry' and reason like 'code 40100%'") == 1)
    }

    @Test func decisionsAreMadeWithoutTheTokenAndDeletionsWaitForIt() throws {
        try fixture.comment("d", "free money")
        try fixture.comment("r", "Nice")
        try run(Moderation.guide(standIns).replacing("env: TOKEN", with: "env: NOT_SET"))
        #expect(try decisions == "d delete, r review")
        #expect(
            try fixture.count("jobs", "action = 'moderate:deletion' and last_error like '%NOT_SET%' and state = 0") == 1
        )
        try fixture.superuser.execute("update jobs set run_at = now()")
        try run(Moderation.guide(standIns))
        #expect(try standIns.effects("deleted") == ["d": 1])
    }

    @Test func aWrongTokenWaitsToBeFixed() throws {
        try fixture.comment("d", "free money")
        try run(Moderation.business(standIns).replacing("env: TOKEN", with: "env: APP_KEY"))
        #expect(
            try fixture.count("jobs", "state = 0 and attempt = 0 and uncounted > 0 and last_error like 'code 40105%'")
                == 1)
        #expect(try fixture.count("effects") == 0)
    }
}
