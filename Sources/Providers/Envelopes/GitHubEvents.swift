/// What the bodies of GitHub's events have.
enum GitHubEvents {
    /// Of each event the members that its body always has, beside `sender`, `repository`, `organization` and
    /// `installation`, which most have. If two events have the same members, the body confirms both. Source:
    /// https://docs.github.com/en/webhooks/webhook-events-and-payloads
    static let marks: [String: Set<String>] = [
        "branch_protection_rule": ["action", "rule"], "check_run": ["action", "check_run"],
        "check_suite": ["action", "check_suite"], "code_scanning_alert": ["action", "alert", "commit_oid", "ref"],
        "commit_comment": ["action", "comment"], "create": ["ref", "ref_type", "master_branch", "pusher_type"],
        "delete": ["ref", "ref_type", "pusher_type"], "dependabot_alert": ["action", "alert"],
        "deploy_key": ["action", "key"], "deployment": ["action", "deployment"],
        "deployment_status": ["action", "deployment", "deployment_status"], "discussion": ["action", "discussion"],
        "discussion_comment": ["action", "discussion", "comment"], "fork": ["forkee"], "gollum": ["pages"],
        "installation": ["action", "installation"],
        "installation_repositories": ["action", "repositories_added", "repositories_removed"],
        "issue_comment": ["action", "issue", "comment"], "issues": ["action", "issue"], "label": ["action", "label"],
        "marketplace_purchase": ["action", "marketplace_purchase"], "member": ["action", "member"],
        "membership": ["action", "member", "scope", "team"], "merge_group": ["action", "merge_group"],
        "meta": ["action", "hook", "hook_id"], "milestone": ["action", "milestone"],
        "org_block": ["action", "blocked_user"], "organization": ["action", "organization"],
        "package": ["action", "package"], "page_build": ["build", "id"], "ping": ["zen", "hook_id"],
        "project": ["action", "project"], "project_card": ["action", "project_card"],
        "project_column": ["action", "project_column"], "projects_v2": ["action", "projects_v2"],
        "projects_v2_item": ["action", "projects_v2_item"], "pull_request": ["action", "pull_request", "number"],
        "pull_request_review": ["action", "pull_request", "review"],
        "pull_request_review_comment": ["action", "pull_request", "comment"],
        "pull_request_review_thread": ["action", "pull_request", "thread"],
        "push": ["ref", "before", "after", "commits"], "registry_package": ["action", "registry_package"],
        "release": ["action", "release"], "repository_dispatch": ["action", "branch", "client_payload"],
        "repository_vulnerability_alert": ["action", "alert"], "secret_scanning_alert": ["action", "alert"],
        "security_advisory": ["action", "security_advisory"], "sponsorship": ["action", "sponsorship"],
        "star": ["action", "starred_at"], "status": ["sha", "state", "context"], "team": ["action", "team"],
        "team_add": ["team"], "workflow_dispatch": ["inputs", "ref", "workflow"],
        "workflow_job": ["action", "workflow_job"], "workflow_run": ["action", "workflow_run"],
    ]
}
