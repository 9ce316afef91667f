extension WriteOperation where API == ECSAction {
    /// What was made or changed, without the values of environments.
    package static func responseElements(of response: Response) -> String? {
        RecordedAnswer(response, without: ["environment"])?.text
    }
}
