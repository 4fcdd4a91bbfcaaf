using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Conventions;

/// <summary>A stranger finds the tests of a file by its name.</summary>
public class TestFileTests
{
    private static readonly Dictionary<string, string> _exempt = new(StringComparer.Ordinal)
    {
        ["Json/IJsonModel.cs"] = "an interface of one member; every test that writes goes through it",
        ["Audio/PaidSpeech.cs"] = "the sound behind a link; AudioClientStreamingTests go through it",
        ["Audio/SpeechSaveErrors.cs"] = "the exceptions of PaidSpeech and SpeechFiles; the tests of AudioClient compare them",
        ["Audio/SpeechFiles.cs"] = "saves for AudioClient; AudioClientTests and AudioClientStreamingTests go through it",
        ["Chat/ChatCalls.cs"] = "sends for ChatClient, whose tests go through it",
        ["Images/ImageFiles.cs"] = "saves for ImagesClient; ImagesClientFilesTests go through it",
        ["Json/IJsonObject.cs"] = "an interface of one member; ChatCompletionRequestTests go through it",
        ["Json/JsonWrite.Choices.cs"] = "the optional members of requests; ChatCompletionRequestTests and StopSequencesTests go through them",
        ["Json/IJsonValue.cs"] = "an interface of one member; VocabularyTests and the tests of the unions go through it",
        ["Chat/Streaming/IChunkSource.cs"] = "an interface; the tests of its two implementations go through it",
        ["Chat/Streaming/ChunkParser.cs"] = "parses the documents of ChunkReader, whose tests go through it",
        ["Chat/Streaming/ChunkReaderOpener.cs"] = "opens the body of ChunkReader, whose tests go through it",
        ["Streaming/IReadObserver.cs"] = "an interface; SseReaderTests observe reads",
        ["Chat/Streaming/MergeMode.cs"] = "an enum; MergedMembersTests use each of its values",
        ["Chat/Streaming/MergedJson.cs"] = "writes what MergedValue and MergedList merged, whose tests go through it",
        ["Chat/Streaming/ToolCallSlot.cs"] = "one call of ToolCallAssembler, whose tests go through it",
        ["Chat/Streaming/StreamPiece.cs"] = "what chunk sources give; the tests of ChatChunkSource and ChatAssembler go through it",
        ["Chat/Streaming/ChatStreamUpdateKind.cs"] = "an enum; the tests of StreamingChatCompletion get each of its values",
        ["Chat/Streaming/ReasoningPlace.cs"] = "an enum; ReasoningTextTests use each of its values",
        ["Chat/Streaming/TextSlot.cs"] = "an enum; ChunkShapeTests learn each of its values",
        ["Common/EncodingExtensions.cs"] = "exists on netstandard2.0 only, where JsonTextTests go through it",
        ["Common/IReadWait.cs"] = "an interface of one member; CallWaitTests go through it",
        ["Common/TokenIgnoredException.cs"] = "ends a wait; CallWaitTests go through it",
        ["Chat/Tools/ChatRunEnd.cs"] = "an enum; RunPolicyTests decide for each of its values",
        ["Chat/Tools/ChatRunStep.cs"] = "the base of the steps, without members",
        ["Chat/Tools/ChatReasoningStep.cs"] = "a step; ChatRunTests compare them all",
        ["Chat/Tools/ChatTextStep.cs"] = "a step; ChatRunTests compare them all",
        ["Chat/Tools/ChatTurnStep.cs"] = "a step; ChatRunTests compare them all",
        ["Chat/Tools/ChatToolCallStep.cs"] = "a step; ChatRunTests compare them all",
        ["Chat/Tools/ChatToolResultStep.cs"] = "a step; ChatRunTests and ToolTurnTests compare them all",
        ["Chat/Tools/ChatDoneStep.cs"] = "a step; ChatRunTests compare them all",
        ["Chat/Tools/PendingToolCall.cs"] = "runs the calls of ToolTurn, whose tests go through it",
        ["Chat/Tools/ToolFunction.cs"] = "what ChatTools keeps; its tests go through it",
        ["Chat/StructuredOutput/StructuredOutputFormat.cs"] = "an enum; StructuredOutputRequestTests use each of its values",
        ["Catalog/CatalogKey.cs"] = "a key; CatalogCacheTests tell catalogs apart by each member",
        ["Catalog/ModelCatalog.Files.cs"] = "reads and writes streams for CatalogFile; CatalogFileTests go through it",
        ["Catalog/CatalogRules.cs"] = "checks ModelCatalogOptions, whose tests go through it",
        ["Pricing/ModelPriceOptions.cs"] = "two options; ModelPriceTests set each",
        ["Pricing/ModelRate.cs"] = "what ModelPrice has; PriceTableTests compare each member",
        ["Pricing/PriceContext.cs"] = "what PriceReader knows at each level; PriceTableTests go through it",
        ["Pricing/PriceIssue.cs"] = "what ModelPrice has; PriceTableTests compare each member",
        ["Pricing/PriceItem.cs"] = "an enum; PriceTableTests meet each of its values",
        ["Pricing/PriceLabels.cs"] = "the labels of PriceReader; PriceTableTests go through it",
        ["Pricing/PriceInference.cs"] = "completes what PriceReader reads; PriceTableTests go through it",
        ["Pricing/PriceModification.cs"] = "an enum; PriceModifiersTests meet each of its values",
        ["Pricing/PriceModelKind.cs"] = "two facts of ModelFacts; PriceTableTests depend on each",
        ["Pricing/PriceName.cs"] = "the names of PriceReader; PriceTableTests go through it",
        ["Pricing/PriceRatios.cs"] = "one form of prices; PriceTableTests go through it",
        ["Pricing/PriceReader.cs"] = "reads the forms of docs/prices.md; PriceTableTests and ModelPriceTests go through it",
        ["Pricing/PriceSource.cs"] = "a place; PriceTableTests go through it",
        ["Pricing/PriceSources.cs"] = "the places of prices; PriceTableTests have a row for each",
        ["Pricing/PriceUnit.cs"] = "an enum; PriceTableTests meet each of its values",
        ["Pricing/PriceUnitText.cs"] = "the units of PriceReader; PriceTableTests go through it",
        ["Errors/StructuredOutputError.cs"] = "an enum; StructuredOutputFailuresTests meet each of its values",
        ["Options/CCApiRateLimiterOptions.cs"] = "CCApiRateLimitersTests and RequestRateLimiterTests set each member",
        ["Options/CCApiTier.cs"] = "an enum; CCApiRateLimitersTests use each of its values",
        ["RateLimiting/IRateLimitObserver.cs"] = "an interface; the tests of its two implementations go through it",
        ["RateLimiting/SharedRateLimiter.cs"] = "what CCApiRateLimiters.GetShared returns; CCApiRateLimitersTests go through it",
        ["Costs/IBudgetStore.cs"] = "an interface; InMemoryBudgetStoreTests go through each of its methods",
        ["Costs/ISendingBudgetStore.cs"] = "an interface of one member; BudgetedCallTests go through it",
        ["Costs/IModelPrices.cs"] = "an interface; the tests of CostAccounting go through it",
        ["Costs/CostBounds.cs"] = "what calls cost at most; CallExplainerTests and BudgetedCallTests go through it",
        ["Costs/CostCell.cs"] = "a total of CostTracker, whose tests go through it",
        ["Costs/CostEntry.cs"] = "a charge of CostTracker, whose tests go through it",
        ["Costs/CostSnapshot.cs"] = "what CostTracker returns; its tests compare the table",
        ["Costs/CostTotal.cs"] = "what CostTracker returns; its tests compare each member",
        ["Costs/BudgetHold.cs"] = "a reservation of CallBudgets, whose tests go through it",
        ["Costs/CallBudgets.cs"] = "the reservations of a call; BudgetedCallTests go through them",
        ["Costs/CCApiBudget.cs"] = "a budget; BudgetedCallTests reserve in it and settle",
        ["Costs/PendingCharge.cs"] = "the charge of a job; BudgetedCallTests start and end jobs",
        ["Models/IResponseCheck.cs"] = "an interface of one member; StructuredOutputCheckTests go through it",
        ["Models/IPricedRequest.cs"] = "an interface; BudgetedCallTests go through each of its implementations",
        ["Models/IPendingResponse.cs"] = "an interface; BudgetedCallTests go through it",
        ["Models/AudioSpeechRequest.Pricing.cs"] = "what bounds its cost; BudgetedCallTests go through it",
        ["Models/ChatCompletionRequest.Pricing.cs"] = "what bounds its cost; BudgetedCallTests go through it",
        ["Models/LegacyImageGenerationRequest.Pricing.cs"] = "what bounds its cost; BudgetedCallTests go through it",
        ["Models/MultimodalImageGenerationRequest.Pricing.cs"] = "what bounds its cost; BudgetedCallTests go through it",
        ["Transport/CallEvents.cs"] = "what CallLoop logs and adds to spans; LogTests and CallTelemetryTests compare it",
        ["Transport/CallCosts.cs"] = "what a call costs; CostAccountingTests and BudgetedCallTests go through it",
        ["Transport/CallExplanation.cs"] = "what Explain returns; CallExplainerTests compare each member",
        ["Models/CostSource.cs"] = "an enum; CCApiCostTests use each of its values",
        ["Models/Currencies.cs"] = "names; the tests of CostAccounting go through them",
        ["Models/ICostReport.cs"] = "an interface; the tests of CostAccounting go through each of its implementations",
        ["Models/Usage.cs"] = "one member; ReportedCostTests go through it",
        ["Diagnostics/CallDescription.cs"] = "what CallTelemetry is given, whose tests go through it",
        ["Diagnostics/DefaultInstruments.cs"] = "the instruments of CallTelemetry, whose tests compare what they record",
        ["Diagnostics/GenAIInstruments.cs"] = "the base of two sets of instruments, whose tests go through it",
        ["Diagnostics/SafeLogger.cs"] = "what LogTests log with, also when the logger throws",
        ["Diagnostics/PlainOperation.cs"] = "an operation without attributes; CatalogTelemetryTests go through it",
        ["Diagnostics/TagListExtensions.cs"] = "CallTelemetryTests compare the tags of every metric and event",
        ["Diagnostics/TelemetryOperation.cs"] = "the base of the operations, whose tests go through it",
        ["Diagnostics/TelemetryResult.cs"] = "a value; CallTelemetryTests compare what metrics make of it",
        ["Models/ITokenCounts.cs"] = "an interface; CallTelemetryTests and LatestInstrumentsTests compare each of its members",
        ["Diagnostics/TokenAttributes.cs"] = "CallTelemetryTests and LatestInstrumentsTests compare each of them",
        ["Diagnostics/TelemetryText.cs"] = "CallTelemetryTests and ChatTelemetryContentTests look for the key and for long ids",
        ["Chat/Telemetry/ToolTelemetrySource.cs"] = "starts what ToolTelemetryTests compare",
        ["Chat/Telemetry/ChatTelemetry.cs"] = "CallTelemetryTests compare each attribute of a chat",
        ["Chat/Telemetry/MessagePart.cs"] = "the parts of ChatTelemetryContent, whose tests go through each",
        ["Transport/AttemptRunner.cs"] = "the attempts of CallLoop, whose tests meet each of their ends",
        ["Transport/ResponseCosts.cs"] = "costs of responses; ResponseOpenerTests and BudgetedCallTests go through it",
        ["Transport/CallTelemetryStarter.cs"] = "starts what CallTelemetryTests compare",
        ["Transport/Failures/AttemptExceptions.cs"] = "CallLoopTests end calls in each of its ways",
        ["Transport/Failures/CallFailure.cs"] = "a value; ExceptionClassifierTests compute it, RetryPolicyTests and ExceptionFactoryTests use each member",
        ["Transport/Failures/CallFailureException.cs"] = "carries a CallFailure; the tests of every reader go through it",
        ["Transport/Failures/FailureKind.cs"] = "an enum; FailoverPolicyTests and ExceptionFactoryTests meet each of its values",
        ["Transport/Failures/ResponseExceptions.cs"] = "chooses the exceptions that ExceptionFactoryTests compare, for each status",
        ["Transport/ResponseCheck.cs"] = "CallLoopTests and CCApiTransportTests meet each of its ends, RequestMessageFactoryTests the redirects",
        ["Transport/RedirectFailure.cs"] = "RequestMessageFactoryTests send each form of redirect",
        ["Transport/Failures/FailureSource.cs"] = "an enum; StatusPolicyTests decide about each of its values",
        ["Transport/Retry/RetryAction.cs"] = "an enum; RetryPolicyTests decide for each of its values",
        ["Transport/Calls/CallSettings.cs"] = "merges options; ApiCallTests go through each member",
        ["Models/IModelChoice.cs"] = "an interface; FailoverCursorTests go through each of its implementations",
        ["Chat/Requests/IChatSender.cs"] = "an interface; the tests of typed completions and of runs go through it",
        ["Json/IListItem.cs"] = "an interface of one member; SingleItemTests go through it",
        ["Models/ChatCompletionChunkChoice.cs"] = "implements an interface of one member; ChoicesQuirkTests go through it",
        ["Streaming/SseLineKind.cs"] = "an enum; SseLineTests meet each of its values",
        ["Streaming/SseReader.Lines.cs"] = "the kinds of lines of SseReader, whose tests go through it",
        ["Streaming/SseReader.Buffer.cs"] = "the memory of SseReader, whose tests go through it",
        ["Json/IUnknownMembers.cs"] = "an interface of one member; EmbeddedErrorTests go through it",
        ["Models/ChatCompletionChoice.cs"] = "implements an interface of one member; EmbeddedErrorTests go through it",
        ["Models/ErrorObject.cs"] = "masks keys; ResponseReaderTests compare each member",
        ["Models/IJobResponse.cs"] = "an interface; EmbeddedErrorTests and ResponseReaderTests go through it",
        ["Models/IListResponse.cs"] = "an interface; EmbeddedErrorTests go through it",
        ["Models/IPartialResponse.cs"] = "an interface; EmbeddedErrorTests and CompletionReaderTests go through it",
        ["Transport/Calls/ICallState.cs"] = "an interface; ExceptionFactoryTests go through it",
        ["Models/IApiResponse.cs"] = "an interface; the response of every facade goes through it",
        ["Transport/Retry/RetryCase.cs"] = "arguments of RetryPolicy, whose tests set each",
        ["Transport/Retry/RetryDecision.cs"] = "the result of RetryPolicy, whose tests compare it",
    };

    [Fact]
    public void SourceFiles_HaveATestFile()
    {
        var tests = Files("tests/CCApi.Sdk.Tests");

        var offenders = Files("src/CCApi.Sdk").Where(file => !_exempt.ContainsKey(file) && !tests.Contains(TestFile(file)));

        Assert.Empty(offenders);
    }

    [Fact]
    public void ExemptFiles_Exist()
    {
        var offenders = _exempt.Keys.Except(Files("src/CCApi.Sdk"));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Files_OfTheSource_AreFound()
    {
        var files = Files("src/CCApi.Sdk");

        Assert.Contains("Models/ChatMessage.cs", files);
    }

    private static string TestFile(string file) => $"{file.Substring(0, file.Length - ".cs".Length)}Tests.cs";

    /// <summary>The C# files of a project, as paths within it.</summary>
    private static HashSet<string> Files(string project)
    {
        var root = Path.Combine(Repository.Root, project);
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => file.Substring(root.Length + 1).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal));
        return new HashSet<string>(files, StringComparer.Ordinal);
    }
}
