using System;
using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Images were made, and charged, but not all of them could be saved. Those that were saved stay.</summary>
public class ImageSaveException : CCApiException
{
    /// <summary>An error without a message.</summary>
    public ImageSaveException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    public ImageSaveException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What went wrong, and how to fix it.</param>
    /// <param name="innerException">The cause.</param>
    public ImageSaveException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The files that were saved, in the order of the images.</summary>
    public IReadOnlyList<string> SavedPaths { get; set; } = [];

    /// <summary>All images, so that the rest can be saved with <see cref="ImagesClient.SaveAsync"/>; links may expire.</summary>
    public IReadOnlyList<ImageDatum> Images { get; set; } = [];

    internal override string ErrorType => "save";
}
