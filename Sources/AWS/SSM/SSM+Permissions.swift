/// What policies can permit of Systems Manager, of operations that are not built too.
///
/// [Actions of AWS services](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
extension SSM {
    package static let permissionNames = """
        AddTagsToResource AssociateOpsItemRelatedItem CancelCommand \
        CancelMaintenanceWindowExecution CreateActivation CreateAssociation \
        CreateAssociationBatch CreateDocument CreateMaintenanceWindow CreateOpsItem \
        CreateOpsMetadata CreatePatchBaseline CreateResourceDataSync DeleteActivation \
        DeleteAssociation DeleteDocument DeleteInventory DeleteMaintenanceWindow DeleteOpsItem \
        DeleteOpsMetadata DeleteParameter DeleteParameters DeletePatchBaseline \
        DeleteResourceDataSync DeleteResourcePolicy DeregisterManagedInstance \
        DeregisterPatchBaselineForPatchGroup DeregisterTargetFromMaintenanceWindow \
        DeregisterTaskFromMaintenanceWindow DescribeActivations DescribeAssociation \
        DescribeAssociationExecutionTargets DescribeAssociationExecutions \
        DescribeAutomationExecutions DescribeAutomationStepExecutions DescribeAvailablePatches \
        DescribeDocument DescribeDocumentParameters DescribeDocumentPermission \
        DescribeEffectiveInstanceAssociations DescribeEffectivePatchesForPatchBaseline \
        DescribeInstanceAssociationsStatus DescribeInstanceInformation \
        DescribeInstancePatchStates DescribeInstancePatchStatesForPatchGroup \
        DescribeInstancePatches DescribeInstanceProperties DescribeInventoryDeletions \
        DescribeMaintenanceWindowExecutionTaskInvocations \
        DescribeMaintenanceWindowExecutionTasks DescribeMaintenanceWindowExecutions \
        DescribeMaintenanceWindowSchedule DescribeMaintenanceWindowTargets \
        DescribeMaintenanceWindowTasks DescribeMaintenanceWindows \
        DescribeMaintenanceWindowsForTarget DescribeOpsItems DescribeParameters \
        DescribePatchBaselines DescribePatchGroupState DescribePatchGroups \
        DescribePatchProperties DescribeSessions DisassociateOpsItemRelatedItem ExecuteAPI \
        GetAccessToken GetAutomationExecution GetCalendar GetCalendarState \
        GetCommandInvocation GetConnectionStatus GetDefaultPatchBaseline \
        GetDeployablePatchSnapshotForInstance GetDocument GetExecutionPreview GetInventory \
        GetInventorySchema GetMaintenanceWindow GetMaintenanceWindowExecution \
        GetMaintenanceWindowExecutionTask GetMaintenanceWindowExecutionTaskInvocation \
        GetMaintenanceWindowTask GetManifest GetOpsItem GetOpsMetadata GetOpsSummary \
        GetParameter GetParameterHistory GetParameters GetParametersByPath GetPatchBaseline \
        GetPatchBaselineForPatchGroup GetResourcePolicies GetServiceSetting \
        LabelParameterVersion ListAssociationVersions ListAssociations ListCommandInvocations \
        ListCommands ListComplianceItems ListComplianceSummaries ListDocumentMetadataHistory \
        ListDocumentVersions ListDocuments ListInstanceAssociations ListInventoryEntries \
        ListNodes ListNodesSummary ListOpsItemEvents ListOpsItemRelatedItems ListOpsMetadata \
        ListResourceComplianceSummaries ListResourceDataSync ListTagsForResource \
        ModifyDocumentPermission PutCalendar PutComplianceItems PutConfigurePackageResult \
        PutInventory PutParameter PutResourcePolicy RegisterDefaultPatchBaseline \
        RegisterManagedInstance RegisterPatchBaselineForPatchGroup \
        RegisterTargetWithMaintenanceWindow RegisterTaskWithMaintenanceWindow \
        RemoveTagsFromResource ResetServiceSetting ResumeSession SendAutomationSignal \
        SendCommand StartAccessRequest StartAssociationsOnce StartAutomationExecution \
        StartChangeRequestExecution StartExecutionPreview StartSession StopAutomationExecution \
        TerminateSession UnlabelParameterVersion UpdateAssociation UpdateAssociationStatus \
        UpdateDocument UpdateDocumentDefaultVersion UpdateDocumentMetadata \
        UpdateInstanceAssociationStatus UpdateInstanceInformation UpdateMaintenanceWindow \
        UpdateMaintenanceWindowTarget UpdateMaintenanceWindowTask UpdateManagedInstanceRole \
        UpdateOpsItem UpdateOpsMetadata UpdatePatchBaseline UpdateResourceDataSync \
        UpdateServiceSetting
        """
        .split(separator: " ").map(String.init)
}
