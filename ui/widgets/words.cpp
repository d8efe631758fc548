// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui
{

static QString tr(const char *text)
{
    return QCoreApplication::translate("words", text);
}

QString objectCount(int count)
{
    return count == 1 ? tr("1 object") : tr("%1 objects").arg(QLocale().toString(count));
}

QString pictureCount(qsizetype count)
{
    return count == 1 ? tr("1 picture") : tr("%1 pictures").arg(numberText(count));
}

QString categoryCount(qsizetype count)
{
    return count == 1 ? tr("1 category") : tr("%1 categories").arg(numberText(count));
}

QString numberText(qsizetype number)
{
    return QLocale().toString(qlonglong(number));
}

QString errorHeading(core::ErrorKind kind)
{
    using Kind = core::ErrorKind;
    switch (kind) {
    case Kind::FileNotFound:
        return tr("A file is missing.");
    case Kind::FileUnreadable:
        return tr("A file cannot be read.");
    case Kind::FileUnwritable:
        return tr("A file cannot be written.");
    case Kind::DiskFull:
        return tr("There is no space left on the disk.");
    case Kind::BadImage:
        return tr("This picture cannot be used.");
    case Kind::BadCheckpoint:
        return tr("This model cannot be used.");
    case Kind::BadDataset:
        return tr("The annotations break their format.");
    case Kind::BadProject:
        return tr("This project file is damaged or is none.");
    case Kind::ProjectLocked:
        return tr("The project is open elsewhere.");
    case Kind::ProjectTooNew:
        return tr("The project was written by a later version.");
    case Kind::BadPrompt:
        return tr("The model cannot take this prompt.");
    case Kind::OutOfMemory:
        return tr("There is not enough memory.");
    case Kind::DeviceUnavailable:
        return tr("The device is not available.");
    case Kind::ComputationFailed:
        return tr("The model could not compute this.");
    case Kind::Cancelled:
        return tr("Stopped.");
    }
    return {};
}

QString errorText(core::ErrorKind kind, const QString &detail)
{
    return detail.isEmpty() ? errorHeading(kind) : errorHeading(kind) + QLatin1Char(' ') + detail;
}

} // namespace ui
