/// What the bodies of GitHub's events have.
enum GitHubEvents {
    /// Of each event the members that its body always has, beside `sender`, `repository`, `organization` and
    /// `installation`, which most have. If two events have the same members, the body confirms both. Source:
    /// https://docs.github.com/en/webhooks/webhook-events-and-payloads
    static let marks: [String: Set<String>] = [
        "branch_protection_configuration": ["action", "repository"], "branch_protection_rule": ["action", "rule"],
        "check_run": ["action", "check_run"], "check_suite": ["action", "check_suite"],
        "code_scanning_alert": ["action", "alert", "commit_oid", "ref"], "commit_comment": ["action", "comment"],
        "create": ["ref", "ref_type", "master_branch", "pusher_type"], "custom_property": ["action", "definition"],
        "custom_property_values": ["action", "new_property_values", "old_property_values"],
        "delete": ["ref", "ref_type", "pusher_type"], "dependabot_alert": ["action", "alert"],
        "deploy_key": ["action", "key"], "deployment": ["action", "deployment"],
        "deployment_protection_rule": ["action", "environment", "deployment_callback_url"],
        "deployment_review": ["action", "since", "workflow_run"],
        "deployment_status": ["action", "deployment", "deployment_status"], "discussion": ["action", "discussion"],
        "discussion_comment": ["action", "discussion", "comment"], "fork": ["forkee"],
        "gollum": ["pages"], "installation": ["action", "installation"],
        "installation_repositories": ["action", "repositories_added", "repositories_removed"],
        "installation_target": ["action", "account", "target_type"], "issue_comment": ["action", "issue", "comment"],
        "issue_dependencies": ["action", "blocked_issue", "blocking_issue"], "issues": ["action", "issue"],
        "label": ["action", "label"], "marketplace_purchase": ["action", "marketplace_purchase"],
        "member": ["action", "member"], "membership": ["action", "member", "scope", "team"],
        "merge_group": ["action", "merge_group"], "meta": ["action", "hook", "hook_id"],
        "milestone": ["action", "milestone"], "org_block": ["action", "blocked_user"],
        "organization": ["action", "organization"], "package": ["action", "package"], "page_build": ["build", "id"],
        "personal_access_token_request": ["action", "personal_access_token_request"], "ping": ["zen", "hook_id"],
        "project": ["action", "project"], "project_card": ["action", "project_card"],
        "project_column": ["action", "project_column"], "projects_v2": ["action", "projects_v2"],
        "projects_v2_item": ["action", "projects_v2_item"],
        "projects_v2_status_update": ["action", "projects_v2_status_update"], "public": ["repository"],
        "pull_request": ["action", "pull_request", "number"],
        "pull_request_review": ["action", "pull_request", "review"],
        "pull_request_review_comment": ["action", "pull_request", "comment"],
        "pull_request_review_thread": ["action", "pull_request", "thread"],
        "push": ["ref", "before", "after", "commits"], "registry_package": ["action", "registry_package"],
        "release": ["action", "release"], "repository": ["action", "repository"],
        "repository_advisory": ["action", "repository_advisory"],
        "repository_dispatch": ["action", "branch", "client_payload"], "repository_import": ["status", "repository"],
        "repository_ruleset": ["action", "repository_ruleset"], "repository_vulnerability_alert": ["action", "alert"],
        "secret_scanning_alert": ["action", "alert"],
        "secret_scanning_alert_location": ["action", "alert", "location"],
        "security_advisory": ["action", "security_advisory"], "security_and_analysis": ["changes", "repository"],
        "sponsorship": ["action", "sponsorship"], "star": ["action", "starred_at"],
        "status": ["sha", "state", "context"], "sub_issues": ["action", "sub_issue", "parent_issue"],
        "team": ["action", "team"], "team_add": ["team"], "watch": ["action", "repository"],
        "workflow_dispatch": ["inputs", "ref", "workflow"], "workflow_job": ["action", "workflow_job"],
        "workflow_run": ["action", "workflow_run"],
    ]

    /// What the body of any event may have beside its marks.
    static let companions: Set<String> = [
        "sender", "repository", "enterprise", "changes", "label", "assignee", "milestone", "hook", "pusher",
        "description",
    ]
}
