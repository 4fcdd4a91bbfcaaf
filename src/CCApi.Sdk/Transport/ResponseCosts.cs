using System;
using System.Net.Http;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Computes the costs of responses, and adds them to the span of their call.</summary>
internal static class ResponseCosts
{
    /// <summary>What is known of a response that has been read, with its cost.</summary>
    public static CCApiResponseInfo Info(ApiCall call, HttpResponseMessage response, IApiResponse result)
    {
        ReadHeaders(call, response);
        var info = call.Info(response);
        info.Cost = call.Costs.OfResponse(result);

        return info;
    }

    /// <summary>
    /// The cost of a response that is not of the contract, by what its body and its headers report; a call that only reads has none.
    /// </summary>
    public static CCApiCost OfBody(ApiCall call, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        ReadHeaders(call, response);

        return Of(call, call.Request.IsRead ? null : BodyCostReport.Read(body));
    }

    /// <summary>The cost of a response whose body stays open, by what its headers report.</summary>
    public static CCApiCost OfOpenBody(ApiCall call, HttpResponseMessage response)
    {
        ReadHeaders(call, response);

        return Of(call, report: null);
    }

    /// <summary>Books the charge of a job that was started, which is corrected when the job fails.</summary>
    public static void BookPending(ApiCall call, IApiResponse result)
    {
        if (result is IPendingResponse { IsPending: true } pending && !call.Request.IsRead)
        {
            pending.Charge = call.Costs.BookPending(call.Telemetry is { } telemetry ? telemetry.Settle : null);
        }
    }

    /// <summary>
    /// Takes the cost that the headers report. Those of an event stream are sent before anything is generated: what they report is
    /// not what it costs.
    /// </summary>
    private static void ReadHeaders(ApiCall call, HttpResponseMessage response)
    {
        if (call.Request.IsRead || ResponseHeaders.Cost(response.Headers) is not { } cost)
        {
            return;
        }

        var isStream = StreamLabels.Contains(response.Content.Headers.ContentType?.MediaType ?? "");
        if (!isStream)
        {
            call.Costs.OfHeaders = new HeaderCostReport(new ReportedCost(cost, Currencies.Usd), body: null);
        }
    }

    private static CCApiCost Of(ApiCall call, ICostReport? report)
    {
        var cost = call.Costs.Of(report);
        if (!call.Request.IsRead)
        {
            call.Telemetry?.AddCost(cost);
        }

        return cost;
    }
}
