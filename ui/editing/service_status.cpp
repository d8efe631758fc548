// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/service_status.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ui
{
namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("ServiceStatus", text);
}

QString phaseText(const ServiceStatus &status)
{
    using Phase = ServiceStatus::Phase;
    switch (status.phase) {
    case Phase::LoadingModel:
        return tr("Loading the model");
    case Phase::NoModel:
        return tr("No model");
    case Phase::Idle:
        return tr("No picture");
    case Phase::ReadingPicture:
        return tr("Reading the picture");
    case Phase::Embedding:
        return tr("Embedding, %1%").arg(int(status.progress * 100));
    case Phase::NotPrepared:
        return tr("Not prepared: a click with the smart tool prepares this picture");
    case Phase::Ready:
        if (status.isFocusing)
            return tr("Looking closer");
        return status.seconds > 0
                   ? tr("Ready (%1 s)").arg(QLocale().toString(status.seconds, 'f', 2))
                   : tr("Ready (from cache)");
    case Phase::Failed:
        return tr("This picture cannot be used");
    }
    return {};
}

QString deviceText(const ServiceStatus &status)
{
    if (status.limits.onCpu)
        return tr("CPU, the GPU's memory was full");
    if (status.isGpuUnusable)
        return tr("CPU, the GPU cannot be used");
    const QString device = status.device == core::Device::Cuda ? tr("GPU") : tr("CPU");
    if (status.limits.halfPrecision)
        return tr("%1, half precision: its memory was full").arg(device);
    return status.limits.smallBatches ? tr("%1, short of memory").arg(device) : device;
}

} // namespace

QString statusText(const ServiceStatus &status)
{
    QStringList parts;
    if (!status.modelName.isEmpty())
        parts << status.modelName << deviceText(status);
    parts << phaseText(status);
    return parts.join(QStringLiteral(" \u00b7 "));
}

} // namespace ui
