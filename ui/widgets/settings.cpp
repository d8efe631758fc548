// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/settings.h"

#include "core/mask/smooth.h"
#include "ui/widgets/interchange/export_choice.h"
#include "ui/widgets/preferences/preferences_dialog.h"

#include <QSettings>

#include <algorithm>
#include <cmath>

namespace ui::settings
{
namespace
{
const QString themeKey = QStringLiteral("window/theme");
const QString geometryKey = QStringLiteral("window/geometry");
const QString stateKey = QStringLiteral("window/state");
const QString folderKey = QStringLiteral("files/lastFolder");
const QString candidatesKey = QStringLiteral("tools/candidates");
const QString promptRadiusKey = QStringLiteral("tools/brushRadius");
const QString brushKey = QStringLiteral("tools/brushDiameter");
const QString eraserKey = QStringLiteral("tools/eraserDiameter");
const QString wandKey = QStringLiteral("tools/wandTolerance");
const QString prefetchKey = QStringLiteral("embeddings/prefetch");
const QString deviceBytesKey = QStringLiteral("embeddings/deviceBytes");
const QString memoryBytesKey = QStringLiteral("embeddings/memoryBytes");
const QString diskBytesKey = QStringLiteral("embeddings/diskBytes");
const QString modelFileKey = QStringLiteral("model/file");
const QString threadsKey = QStringLiteral("model/threads");
const QString bf16Key = QStringLiteral("model/bf16");
const QString smoothingKey = QStringLiteral("cleanUp/smoothing");
const QString holesKey = QStringLiteral("cleanUp/holesBelow");
const QString partsKey = QStringLiteral("cleanUp/partsBelow");
const QString exportFormatKey = QStringLiteral("export/format");
const QString exportSegmentationKey = QStringLiteral("export/segmentation");
const QString exportPartsKey = QStringLiteral("export/parts");
const QString exportOverlapKey = QStringLiteral("export/overlap");
const QString exportSimplifyKey = QStringLiteral("export/simplify");
const QString exportMaskShapesKey = QStringLiteral("export/maskShapes");
const QString exportPicturesKey = QStringLiteral("export/pictures");

/// ~/.config/maskwright/maskwright.ini and its like.
QSettings file()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("maskwright"),
                     QStringLiteral("maskwright"));
}

QString keyOf(ToolNumber number)
{
    switch (number) {
    case ToolNumber::PromptRadius:
        return promptRadiusKey;
    case ToolNumber::BrushDiameter:
        return brushKey;
    case ToolNumber::EraserDiameter:
        return eraserKey;
    case ToolNumber::WandTolerance:
        return wandKey;
    }
    return {};
}
} // namespace

ThemeChoice theme()
{
    const QString name = file().value(themeKey).toString();
    return name == QLatin1String("light")  ? ThemeChoice::Light
           : name == QLatin1String("dark") ? ThemeChoice::Dark
                                           : ThemeChoice::System;
}

void setTheme(ThemeChoice choice)
{
    file().setValue(themeKey, choice == ThemeChoice::Light  ? QStringLiteral("light")
                              : choice == ThemeChoice::Dark ? QStringLiteral("dark")
                                                            : QStringLiteral("system"));
}

QByteArray windowGeometry()
{
    return file().value(geometryKey).toByteArray();
}

QByteArray windowState()
{
    return file().value(stateKey).toByteArray();
}

void setWindow(const QByteArray &geometry, const QByteArray &state)
{
    QSettings settings = file();
    settings.setValue(geometryKey, geometry);
    settings.setValue(stateKey, state);
}

QString lastFolder()
{
    return file().value(folderKey).toString();
}

void setLastFolder(const QString &folder)
{
    file().setValue(folderKey, folder);
}

QVariantMap candidateChoices()
{
    return file().value(candidatesKey).toMap();
}

void setCandidateChoices(const QVariantMap &choices)
{
    file().setValue(candidatesKey, choices);
}

double toolNumber(ToolNumber number, double byDefault)
{
    bool isNumber = false;
    const double stored = file().value(keyOf(number)).toDouble(&isNumber);
    return isNumber && std::isfinite(stored) ? stored : byDefault;
}

void setToolNumber(ToolNumber number, double value)
{
    file().setValue(keyOf(number), value);
}

PreferenceValues preferences()
{
    const QSettings settings = file();
    PreferenceValues values;
    const auto bytes = [&](const QString &key, auto &amount) {
        bool isNumber = false;
        const quint64 stored = settings.value(key).toULongLong(&isNumber);
        if (isNumber)
            amount = stored;
    };
    bytes(deviceBytesKey, values.budgets.device);
    bytes(memoryBytesKey, values.budgets.memory);
    bytes(diskBytesKey, values.budgets.disk);
    values.prefetch = settings.value(prefetchKey, values.prefetch).toBool();
    values.model.file = settings.value(modelFileKey).toString();
    values.model.threads = std::max(0, settings.value(threadsKey).toInt());
    values.model.bf16 = settings.value(bf16Key).toBool();
    return values;
}

void setPreferences(const PreferenceValues &values)
{
    QSettings settings = file();
    settings.setValue(deviceBytesKey, quint64(values.budgets.device));
    settings.setValue(memoryBytesKey, quint64(values.budgets.memory));
    settings.setValue(diskBytesKey, values.budgets.disk);
    settings.setValue(prefetchKey, values.prefetch);
    settings.setValue(modelFileKey, values.model.file);
    settings.setValue(threadsKey, values.model.threads);
    settings.setValue(bf16Key, values.model.bf16);
}

ExportChoice exportChoice()
{
    const QSettings settings = file();
    ExportChoice choice;
    choice.format = settings.value(exportFormatKey, choice.format).toString();
    exporters::WriteOptions &options = choice.options;
    const auto take = [&]<typename Choice>(const QString &key, Choice &value, Choice last) {
        value = Choice(std::clamp(settings.value(key, int(value)).toInt(), 0, int(last)));
    };
    take(exportSegmentationKey, options.segmentation, exporters::SegmentationForm::Polygon);
    take(exportPartsKey, options.parts, exporters::PartsForm::Largest);
    take(exportOverlapKey, options.overlap, exporters::Overlap::SmallestOnTop);
    take(exportPicturesKey, options.pictures, exporters::Pictures::Copy);
    const double simplify = settings.value(exportSimplifyKey, 0).toDouble();
    options.simplify = std::isfinite(simplify) ? std::clamp(simplify, 0.0, 100.0) : 0;
    options.maskShapes = settings.value(exportMaskShapesKey, false).toBool();
    return choice;
}

void setExportChoice(const ExportChoice &choice)
{
    QSettings settings = file();
    settings.setValue(exportFormatKey, choice.format);
    settings.setValue(exportSegmentationKey, int(choice.options.segmentation));
    settings.setValue(exportPartsKey, int(choice.options.parts));
    settings.setValue(exportOverlapKey, int(choice.options.overlap));
    settings.setValue(exportPicturesKey, int(choice.options.pictures));
    settings.setValue(exportSimplifyKey, choice.options.simplify);
    settings.setValue(exportMaskShapesKey, choice.options.maskShapes);
}

core::CleanUpOptions cleanUp()
{
    const QSettings settings = file();
    return {std::clamp(settings.value(smoothingKey, 0).toInt(), 0, core::maxSmoothingRadius),
            std::max(settings.value(holesKey, 20).toLongLong(), 0LL),
            std::max(settings.value(partsKey, 20).toLongLong(), 0LL)};
}

void setCleanUp(const core::CleanUpOptions &options)
{
    QSettings settings = file();
    settings.setValue(smoothingKey, options.smoothing);
    settings.setValue(holesKey, qlonglong(options.holesBelow));
    settings.setValue(partsKey, qlonglong(options.partsBelow));
}

} // namespace ui::settings
