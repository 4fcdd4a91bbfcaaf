using System;

namespace CCApi.Sdk;

/// <summary>A call did not fit into a budget. Nothing was sent for it.</summary>
/// <remarks>
/// After a failed attempt it may come instead of a retry or a failover; what was sent before is in
/// <see cref="CCApiException.Attempts"/>.
/// </remarks>
public class CCApiBudgetExceededException : CCApiException
{
    /// <summary>Creates an error without a message.</summary>
    public CCApiBudgetExceededException()
    {
    }

    /// <summary>Creates an error with a message.</summary>
    /// <param name="message">What went wrong, and the fix.</param>
    public CCApiBudgetExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and the fix.</param>
    /// <param name="innerException">The cause.</param>
    public CCApiBudgetExceededException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the call costs at most; null when it is not known.</summary>
    public decimal? Requested { get; set; }

    /// <summary>What the budget had spent.</summary>
    public decimal Spent { get; set; }

    /// <summary>What other calls under way had reserved.</summary>
    public decimal Reserved { get; set; }

    /// <summary>The limit of the budget.</summary>
    public decimal Limit { get; set; }

    /// <summary>The unit of the amounts.</summary>
    public string Currency { get; set; } = Currencies.Usd;

    /// <summary>
    /// Whose budget it is: <c>client</c>, <c>call</c>, <c>run</c>, or <c>scope</c> and the path of the <see cref="CostScope"/>.
    /// </summary>
    public string? BudgetOf { get; set; }

    /// <summary>The name of the budget in its store.</summary>
    public string? BudgetScope { get; set; }

    /// <summary>The model that was to be called; null when the gateway chooses it.</summary>
    public string? Model { get; set; }

    internal override string ErrorType => "budget_exceeded";
}
