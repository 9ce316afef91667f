/// The names of what the table `meta` holds.
enum MetaName: String {
    case checkValue = "master_key_check"
    case salt = "passphrase_salt"
    case cost = "passphrase_cost"
    case clock
    case auditAnchor = "audit_anchor"
    case deliveredEvent = "delivered_event"
}
