/// What policies can permit of CloudTrail, of operations that are not built too.
///
/// [Actions of AWS services](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
extension CloudTrail {
    package static let permissionNames = """
        AddTags CancelQuery CreateChannel CreateDashboard CreateEventDataStore CreateTrail \
        DeleteChannel DeleteDashboard DeleteEventDataStore DeleteResourcePolicy DeleteTrail \
        DeregisterOrganizationDelegatedAdmin DescribeQuery DescribeTrails DisableFederation \
        EnableFederation GenerateQuery GetChannel GetDashboard GetEventConfiguration \
        GetEventDataStore GetEventDataStoreData GetEventSelectors GetImport \
        GetInsightSelectors GetQueryResults GetResourcePolicy GetTrail GetTrailStatus \
        ListChannels ListDashboards ListEventDataStores ListImportFailures ListImports \
        ListInsightsData ListInsightsMetricData ListPublicKeys ListQueries \
        ListServiceLinkedChannels ListTags ListTrails LookupEvents PutEventConfiguration \
        PutEventSelectors PutInsightSelectors PutResourcePolicy \
        RegisterOrganizationDelegatedAdmin RemoveTags RestoreEventDataStore \
        SearchSampleQueries StartDashboardRefresh StartEventDataStoreIngestion StartImport \
        StartLogging StartQuery StopEventDataStoreIngestion StopImport StopLogging \
        UpdateChannel UpdateDashboard UpdateEventDataStore UpdateTrail
        """
        .split(separator: " ").map(String.init)
}
