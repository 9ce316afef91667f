/// What the vault keeps for the server, beside what belongs to accounts.
package protocol VaultSettingReading {
    /// What is kept about the vault's clock; nil for the machine's own time.
    func clockSetting() throws(APIError) -> String?

    /// The last entry of the trail that was handed on as an event; nil when none ever was.
    func deliveredEvent() throws(APIError) -> Int64?
}

/// What the server has the vault keep.
package protocol VaultSettingWriting: VaultSettingReading {
    func setClockSetting(_ setting: String?) throws(APIError)

    func setDeliveredEvent(_ sequence: Int64) throws(APIError)
}
