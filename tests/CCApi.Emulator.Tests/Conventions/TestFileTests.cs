using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace CCApi.Emulator.Tests.Conventions;

/// <summary>A stranger finds the tests of a file by its name.</summary>
public class TestFileTests
{
    private static readonly Dictionary<string, string> _exempt = new(StringComparer.Ordinal)
    {
        ["Billing/AccountRejection.cs"] = "a record without code",
        ["Billing/ChargeRequest.cs"] = "a record without code",
        ["Billing/EmulatorTier.cs"] = "names; EmulatorLimitsTests uses each",
        ["Billing/EmulatorCharge.cs"] = "a record without code",
        ["Catalog/EmulatedModel.cs"] = "a record; EmulatedCatalogTests reads every one",
        ["Catalog/PriceForm.cs"] = "names; EmulatedPriceTests meets each",
        ["Catalog/PriceWriter.cs"] = "writes prices; EmulatedPriceTests compares what the SDK reads with what is charged",
        ["Catalog/ModelTraits.cs"] = "names of flags",
        ["Chat/ChatToolRequest.cs"] = "a record; ChatToolsTests reads its JSON",
        ["Cassettes/CassetteExchange.cs"] = "records; CassetteTests writes and reads them",
        ["Cassettes/CassetteFormat.cs"] = "lines of JSON; CassetteTests writes, reads and damages them",
        ["Cassettes/CassettePlayer.cs"] = "plays a cassette; CassetteTests compares what it plays",
        ["Cassettes/EmulatorCassetteException.cs"] = "an exception without code; CassetteTests reads its messages",
        ["Cassettes/RequestKey.cs"] = "recognizes requests; CassetteTests replays equal and other ones",
        ["Cassettes/RunningExchanges.cs"] = "a part of CassetteRecorder, whose tests wait for them",
        ["Cassettes/UnescapedText.cs"] = "a part of SecretRedactor, whose tests escape in each way",
        ["Http/MemberRules.cs"] = "what members must be; ChatRulesTests and the tests of each operation meet each kind",
        ["Server/Admission.cs"] = "keys, limits and records; GatewayTests, RequestLimiterTests and ReceivedRequestTests see them",
        ["Server/ApiEndpoint.cs"] = "the order of the parts, which GatewayTests, CassetteTests and EmulatorScriptTests see",
        ["Server/RequestFaults.cs"] = "chooses a fault; ControlApiTests and EmulatorFaultsTests order each kind",
        ["Control/ControlPage.cs"] = "serves the page, which ControlApiTests reads and tests/emulator-page.sh drives",
        ["Control/ControlTargets.cs"] = "what ControlApi controls; its tests use each",
        ["Faults/EmulatorFaultKind.cs"] = "names; ResponseSenderTests goes through each",
        ["Images/EmulatedJob.cs"] = "one job; ImageJobsTests follows each way in which one ends",
        ["Images/ImageInput.cs"] = "what a request holds; ImageOperationsTests sends each form",
        ["Images/Picture.cs"] = "pixels; ImagePainterTests puts pictures and masks onto a canvas",
        ["Images/ImageOrder.cs"] = "a record; ImageOperationsTests reads what it makes",
        ["Media/EmulatorMediaRequest.cs"] = "a record without code",
        ["Speech/OggPageKind.cs"] = "names of flags",
        ["Http/GatewayRequest.cs"] = "one request; every test that sends one goes through it",
        ["Http/GatewayErrors.cs"] = "errors that the tests of every operation read",
        ["Http/JsonObjectExtensions.cs"] = "reads members; the tests of every operation go through it",
        ["Http/GatewayResponse.cs"] = "one response; every test that sends a request reads one",
        ["Chat/SchemaArray.cs"] = "a part of SchemaFiller; SchemaSuiteTests asks for every kind of array",
        ["Chat/SchemaBranches.cs"] = "a part of SchemaFiller; SchemaSuiteTests has combinations of each kind",
        ["Chat/SchemaProblems.cs"] = "two keywords; SchemaSuiteTests reads the one that is reported",
        ["Chat/SchemaTypes.cs"] = "a part of SchemaFiller; SchemaSuiteTests has types of each form",
        ["Chat/SchemaLiterals.cs"] = "a part of SchemaFiller; SchemaSuiteTests has branches that need it",
        ["Chat/SchemaNumber.cs"] = "a part of SchemaFiller; its tests ask for every bound",
        ["Chat/SchemaObject.cs"] = "a part of SchemaFiller; SchemaSuiteTests asks for every kind of object",
        ["Chat/MemberWords.cs"] = "words; PromptValuesTests has members of each kind",
        ["Chat/PromptValue.cs"] = "a value and its place; PromptValuesTests gives values to places",
        ["Chat/PatternCharacters.cs"] = "a part of SchemaPattern, whose tests have every escape and class",
        ["Chat/PatternCursor.cs"] = "a part of SchemaPattern, whose tests have every quantifier and code",
        ["Chat/PatternWriter.cs"] = "a part of SchemaPattern, whose tests have every kind of group",
        ["Chat/SchemaPlace.cs"] = "a record; PromptValuesTests fills places of each kind",
        ["Chat/SchemaReferences.cs"] = "a part of SchemaFiller; SchemaSuiteTests has references of each form",
        ["Chat/SchemaText.cs"] = "a part of SchemaFiller; SchemaSuiteTests asks for every length and format",
        ["Chat/SchemaValidator.cs"] = "SchemaSuiteTests compares it with another validator",
        ["Chat/UnfilledSchemaException.cs"] = "an exception without code; SchemaSuiteTests reads its keyword",
        ["Http/HeaderText.cs"] = "characters of headers; CassetteTests and ControlApiTests meet those that are rejected",
        ["Options/EmulatorBounds.cs"] = "numbers; ControlApiTests exceeds each",
        ["Http/HeaderSnapshot.cs"] = "copies headers; ReceivedRequestTests and MediaHostTests read them",
        ["Http/StreamPiece.cs"] = "a record without code",
        ["Control/ControlAccounts.cs"] = "the accounts of ControlApi, whose tests call each of them",
        ["Requests/ChatRequestView.cs"] = "what ReceivedRequest shows; its tests read every member",
        ["Requests/EmulatorAssertionException.cs"] = "an exception without code; the tests of assertions read its messages",
        ["Requests/JsonDifference.cs"] = "what AssertJson shows; ReceivedRequestTests reads each kind",
        ["Scripts/EmulatorScriptException.cs"] = "an exception without code; ScriptFileTests reads its messages",
        ["Scripts/ImageScript.cs"] = "adds one kind of response; EmulatorScriptTests sends it",
        ["Scripts/RequestScript.cs"] = "a rule without members of its own; EmulatorScriptTests uses it",
        ["Scripts/ScriptBuilder.cs"] = "what all rules share; EmulatorScriptTests uses every member",
        ["Scripts/ScriptCondition.cs"] = "a record without code",
        ["Scripts/ScriptConditions.cs"] = "conditions; EmulatorScriptTests and ScriptFileTests meet each",
        ["Scripts/ScriptNode.cs"] = "reads values; ScriptFileTests provokes each of its errors",
        ["Scripts/ScriptMatcher.cs"] = "finds the rule for EmulatorScript, whose tests go through it",
        ["Scripts/ScriptOutcome.cs"] = "a record without code",
        ["Scripts/ScriptResponses.cs"] = "errors; EmulatorScriptTests and ScriptFileTests send them",
        ["Scripts/ScriptRoute.cs"] = "methods and paths; EmulatorScriptTests uses each",
        ["Scripts/ScriptRule.cs"] = "one rule; EmulatorScriptTests follows each way in which one matches",
        ["Scripts/ScriptStepReader.cs"] = "reads responses; ScriptFileTests reads each kind",
        ["Scripts/ScriptedChat.cs"] = "a completion; ChatScriptTests sets every member",
        ["Scripts/ScriptedPiece.cs"] = "a record without code",
        ["Scripts/ScriptedStep.cs"] = "records without code",
        ["Scripts/ScriptedToolCall.cs"] = "a record without code",
        ["Scripts/ScriptedUsage.cs"] = "a record without code",
        ["Scripts/SpeechScript.cs"] = "adds one kind of response; EmulatorScriptTests sends it",
        ["Server/RequestRun.cs"] = "the state of one request, which GatewayTests and ReceivedRequestTests see",
        ["Server/ProgramLifetime.cs"] = "does nothing, which ProgramTests shows",
    };

    [Fact]
    public void SourceFiles_HaveATestFile()
    {
        var tests = Files("tests/CCApi.Emulator.Tests");
        var sources = Files("src/CCApi.Emulator").Concat(Files("src/CCApi.Emulator.Tool").Select(file => $"Tool/{file}"));

        var offenders = sources.Where(file => !_exempt.ContainsKey(file) && !tests.Contains($"{file[..^".cs".Length]}Tests.cs"));

        Assert.Empty(offenders);
    }

    [Fact]
    public void ExemptFiles_Exist()
    {
        var offenders = _exempt.Keys.Except(Files("src/CCApi.Emulator"));

        Assert.Empty(offenders);
    }

    /// <summary>The C# files of a project, as paths within it.</summary>
    private static HashSet<string> Files(string project)
    {
        var root = Path.Combine(typeof(TestFileTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!, project);
        return Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
    }
}
