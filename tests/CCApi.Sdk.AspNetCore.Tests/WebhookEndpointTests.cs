using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.AspNetCore.Tests.Support;
using CCApi.Sdk.Models;
using CCApi.Sdk.WireMockTests.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests;

public class WebhookEndpointTests
{
    [Theory]
    [InlineData("imaginepro/nano-banana", "completed", 1)]
    [InlineData("emulator/job-failed", "failed", 0)]
    public async Task Response_JobThatEnded_CallsTheHandler(string model, string status, int images)
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync(model);

        var delivery = Assert.Single(await site.DeliveriesAsync(1));

        var job = Assert.Single(site.Handled);
        Assert.Equal((200, id, status, images), (delivery.Status, job.Id, job.Status?.Value, job.Data!.Count));
        AssertNothingLeaked(site, 101);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?secret=")]
    [InlineData("?secret=a-secret-that-nobody-know")]
    [InlineData("?secret=a-secret-that-nobody-logs&secret=a-secret-that-nobody-logs")]
    [InlineData("?Secret=A-SECRET-THAT-NOBODY-LOGS")]
    public async Task Response_WithoutTheRightSecret_IsUnauthorized(string query)
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync();

        using var response = await site.PostAsync($$"""{"id":"{{id}}"}""", new Uri(site.Hook + query));

        await AssertEmptyAsync(HttpStatusCode.Unauthorized, response);
        Assert.Empty(site.Handled);
        AssertNothingLeaked(site, 102);
    }

    [Fact]
    public async Task Response_SecretInAHeader_TakesItOnlyFromThere()
    {
        await using var site = await Site.StartAsync(options => options.SecretHeader = "X-Webhook-Secret");
        var body = $$"""{"id":"{{await site.OrderAsync()}}"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, site.Hook);
        request.Headers.Add("X-Webhook-Secret", Site.Secret);

        using var byHeader = await site.SendAsync(request, body);
        using var byQuery = await site.PostAsync(body);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (byHeader.StatusCode, byQuery.StatusCode));
        AssertNothingLeaked(site, 102);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Response_BodyTooLarge_IsBadRequest(bool isChunked)
    {
        await using var site = await Site.StartAsync(options => options.MaxBodyBytes = 100);
        using var request = new HttpRequestMessage(HttpMethod.Post, site.HookWithSecret);
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await site.SendAsync(request, $$"""{"id":"{{new string('x', 200)}}"}""");

        await AssertEmptyAsync(HttpStatusCode.RequestEntityTooLarge, response);
        AssertNothingLeaked(site, 103);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"")]
    [InlineData("""{"id":"a\nforged line"}""")]
    public async Task Response_BodyWithoutAnId_IsBadRequest(string body)
    {
        await using var site = await Site.StartAsync();

        using var response = await site.PostAsync(body);

        await AssertEmptyAsync(HttpStatusCode.BadRequest, response);
        AssertNothingLeaked(site, 104);
    }

    [Fact]
    public async Task Response_ForgedBody_HandlesTheStateThatTheGatewayReports()
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync("emulator/job-failed");
        await site.DeliveriesAsync(1);

        using var response = await site.PostAsync($$"""{"id":"{{id}}","status":"completed","data":[{"url":"https://forged.example/a.png"}]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([("failed", 0), ("failed", 0)], site.Handled.Select(job => (job.Status?.Value!, job.Data!.Count)));
    }

    [Fact]
    public async Task Response_JobThatStillRuns_CallsTheHandlerWithItsState()
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync();

        using var response = await site.PostAsync($$"""{"id":"{{id}}","status":"completed"}""");

        Assert.Equal(ImageJobStatus.Pending, Assert.Single(site.Handled).Status);
    }

    [Theory]
    [InlineData("job_nobody_knows")]
    [InlineData("../models")]
    [InlineData("..")]
    public async Task Response_JobThatDoesNotExist_IsNotFound(string id)
    {
        await using var site = await Site.StartAsync();

        using var response = await site.PostAsync($$"""{"id":"{{id}}","status":"completed"}""");

        await AssertEmptyAsync(HttpStatusCode.NotFound, response);
        Assert.Empty(site.Handled);
        AssertNothingLeaked(site, 105);
    }

    [Fact]
    public async Task Response_GatewayDown_MakesTheSenderRetry()
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync();
        site.Emulator.Faults.Add(EmulatorFault.WithStatus(503), path: $"/images/jobs/{id}");

        var deliveries = await site.DeliveriesAsync(2);

        Assert.Equal([503, 200], deliveries.Select(delivery => delivery.Status ?? 0));
        Assert.Equal(ImageJobStatus.Completed, Assert.Single(site.Handled).Status);
        AssertNothingLeaked(site, 106);
    }

    [Fact]
    public async Task Response_KeyRejected_SetsRetryAfter()
    {
        await using var site = await Site.StartAsync(client: options => options.ApiKey = "sk-wrong-but-still-nobody-logs");
        var id = await site.OrderAsync();

        using var response = await site.PostAsync($$"""{"id":"{{id}}"}""");

        await AssertEmptyAsync(HttpStatusCode.ServiceUnavailable, response);
        AssertNothingLeaked(site, 106);
    }

    [Fact]
    public async Task Response_GatewayUnreachable_SetsRetryAfter()
    {
        await using var site = await Site.StartAsync();
        await site.Emulator.DisposeAsync();

        using var response = await site.PostAsync("""{"id":"job_1"}""");

        await AssertEmptyAsync(HttpStatusCode.ServiceUnavailable, response);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter!.Delta);
        AssertNothingLeaked(site, 106);
    }

    [Fact]
    public async Task Response_HandlerThrowsOnce_MakesTheSenderRetry()
    {
        await using var site = await Site.StartAsync();
        site.OnJob = (_, _) => site.Handled.Count == 1 ? throw new InvalidOperationException("The disk is full.") : Task.CompletedTask;
        await site.OrderAsync();

        var deliveries = await site.DeliveriesAsync(2);

        Assert.Equal([500, 200], deliveries.Select(delivery => delivery.Status ?? 0));
        Assert.Equal(2, site.Handled.Count);
        Assert.Contains("The disk is full.", AssertNothingLeaked(site, 107), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_HandlerThrows_HidesTheException()
    {
        await using var site = await Site.StartAsync();
        site.OnJob = (_, _) => throw new InvalidOperationException("The disk is full.");

        using var response = await site.PostAsync($$"""{"id":"{{await site.OrderAsync()}}"}""");

        await AssertEmptyAsync(HttpStatusCode.InternalServerError, response);
    }

    [Fact]
    public async Task Response_SenderDisconnects_CancelsTheHandler()
    {
        await using var site = await Site.StartAsync();
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource<bool>();
        site.OnJob = async (_, cancellationToken) =>
        {
            using var registration = cancellationToken.Register(() => ended.TrySetResult(true));
            started.SetResult();
            await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
        };
        var order = await site.OrderAsync();
        using var impatient = new HttpClient();
        using var hangUp = new System.Threading.CancellationTokenSource();
        using var body = new StringContent($$"""{"id":"{{order}}"}""");

        var post = impatient.PostAsync(site.HookWithSecret, body, hangUp.Token);
        await started.Task.WaitAsync(Site.Token);
        await hangUp.CancelAsync();

        Assert.True(await ended.Task.WaitAsync(Site.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
    }

    [Fact]
    public async Task Response_GatewayHangs_EndsInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var site = await Site.StartAsync(
            options => options.VerificationTimeout = TimeSpan.FromSeconds(7), client => client.BaseAddress = new Uri($"http://{silent.LocalEndpoint}/v1/"), sharesClock: true);

        using var response = await site.PostWhileTimePassesAsync("""{"id":"job_1"}""");

        await AssertEmptyAsync(HttpStatusCode.ServiceUnavailable, response);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter!.Delta);
        AssertNothingLeaked(site, 106);
    }

    /// <summary>The platform repeats a GET whose connection was closed three times, and the client counts that as one attempt.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Response_GatewayClosesEarly_SendsNoMoreThanTheAttemptsOfOneCall(int retries)
    {
        await using var gateway = new ClosingGateway();
        await using var site = await Site.StartAsync(client: client =>
        {
            client.BaseAddress = gateway.Address;
            (client.Retry.MaxRetries, client.Retry.BaseDelay) = (retries, TimeSpan.FromMilliseconds(1));
        });

        using var response = await site.PostAsync("""{"id":"job_1"}""");

        await AssertEmptyAsync(HttpStatusCode.ServiceUnavailable, response);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter!.Delta);
        Assert.InRange(gateway.Requests, retries + 1, 4 * (retries + 1));
    }

    [Fact]
    public async Task Response_OfAKeyedClient_IsVerifiedByThatClient()
    {
        await using var gateway = new ClosingGateway();
        await using var site = await Site.StartAsync(
            options => options.ClientName = Site.KeyedClient, client => client.BaseAddress = gateway.Address);
        var id = await site.OrderAsync();

        using var response = await site.PostAsync($$"""{"id":"{{id}}"}""");

        await AssertEmptyAsync(HttpStatusCode.OK, response);
        Assert.Equal(id, Assert.Single(site.Handled).Id);
        Assert.Equal(0, gateway.Requests);
    }

    [Fact]
    public async Task Response_EarlierHandlerHangs_EndsInTime()
    {
        await using var site = await Site.StartAsync(options => options.VerificationTimeout = TimeSpan.FromSeconds(7), sharesClock: true);
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        site.OnJob = (_, _) =>
        {
            started.TrySetResult();
            return release.Task;
        };
        var body = $$"""{"id":"{{await site.OrderAsync()}}"}""";
        var first = site.PostAsync(body);
        await started.Task.WaitAsync(Site.Token);

        using var second = await site.PostWhileTimePassesAsync(body);

        await AssertEmptyAsync(HttpStatusCode.ServiceUnavailable, second);
        Assert.Equal(TimeSpan.FromSeconds(30), second.Headers.RetryAfter!.Delta);
        AssertNothingLeaked(site, 112);
        release.SetResult();
        using var response = await first;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Response_BodyWithAByteOrderMark_IsAccepted()
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync();

        using var response = await site.PostAsync($$"""{{'\uFEFF'}}{"id":"{{id}}"}""");

        Assert.Equal((HttpStatusCode.OK, id), (response.StatusCode, Assert.Single(site.Handled).Id));
    }

    [Fact]
    public async Task Response_BodyWithInlineImages_IsAccepted()
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync();

        using var response = await site.PostAsync($$"""{"data":[{"b64_json":"{{new string('A', 40 * 1024 * 1024)}}"}],"id":"{{id}}"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(id, Assert.Single(site.Handled).Id);
    }

    [Fact]
    public async Task Response_ManyWebhooksOfOneJob_HandlesThemTogether()
    {
        await using var site = await Site.StartAsync();
        var id = await site.OrderAsync();
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        site.OnJob = (_, _) =>
        {
            started.TrySetResult();
            return release.Task;
        };
        var first = site.PostAsync($$"""{"id":"{{id}}"}""");
        await started.Task.WaitAsync(Site.Token);

        var others = Enumerable.Range(0, 50).Select(_ => site.PostAsync($$"""{"id":"{{id}}"}""")).ToArray();
        var atOnce = site.Handled.Count;
        release.SetResult();
        var responses = await Task.WhenAll(others.Prepend(first));

        Assert.Equal(1, atOnce);
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Array.ForEach(responses, response => response.Dispose());
    }

    [Fact]
    public async Task Handler_OfTheRequest_HasItsServices()
    {
        await using var site = await Site.StartAsync();
        ImagesClient? images = null;
        site.OnJob = (context, _) =>
        {
            images = context.RequestServices.GetRequiredService<ImagesClient>();
            return Task.CompletedTask;
        };
        await site.OrderAsync();

        await site.DeliveriesAsync(1);

        Assert.NotNull(images);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Response_AnotherMethod_IsMethodNotAllowed(string method)
    {
        await using var site = await Site.StartAsync();

        using var response = await site.SendAsync(new HttpRequestMessage(new HttpMethod(method), site.HookWithSecret));

        await AssertEmptyAsync(HttpStatusCode.MethodNotAllowed, response);
    }

    private static async Task AssertEmptyAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync(Site.Token));
    }

    /// <summary>That the event was logged, and that neither the secret nor a key stands in any message of any category. Returns all of them.</summary>
    private static string AssertNothingLeaked(Site site, int expectedEvent)
    {
        Assert.Contains(site.Messages.All, message => message.Category == WebhookLog.Category && message.Id == expectedEvent);
        var log = string.Join('\n', site.Messages.All.Select(message => message.Text));
        Assert.DoesNotContain("nobody-logs", log, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(new[] { site.Emulator.ApiKey, Site.Secret }.SelectMany(secret => new Canary(secret).Find([log])));
        return log;
    }
}
