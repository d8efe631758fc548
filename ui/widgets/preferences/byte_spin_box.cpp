// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/preferences/byte_spin_box.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <optional>

namespace ui
{
namespace
{

constexpr int smallestStep = 64; // megabytes
constexpr int most = 1 << 22;    // 4 TB

/// Megabytes; nothing for what is no amount.
std::optional<double> parsed(const QString &text)
{
    static const QRegularExpression amount(QStringLiteral("^\\s*([0-9.,]+)\\s*([MGT]?)B?\\s*$"),
                                           QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = amount.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    bool isNumber = false;
    double value = QLocale().toDouble(match.captured(1), &isNumber);
    if (!isNumber)
        value = QLocale::c().toDouble(match.captured(1), &isNumber);
    if (!isNumber)
        return std::nullopt;
    const QString unit = match.captured(2).toUpper();
    return value * (unit == QLatin1String("G") ? 1024 : unit == QLatin1String("T") ? 1 << 20 : 1);
}

} // namespace

ByteSpinBox::ByteSpinBox(QWidget *parent) : QSpinBox(parent)
{
    setRange(0, most);
    setSpecialValueText(tr("Off"));
}

void ByteSpinBox::stepBy(int steps)
{
    double megabytes = value();
    for (; steps > 0; --steps)
        megabytes = megabytes < smallestStep ? smallestStep : megabytes * 2;
    for (; steps < 0; ++steps)
        megabytes = megabytes <= smallestStep ? 0 : megabytes / 2;
    setValue(int(std::clamp(megabytes, double(minimum()), double(maximum()))));
}

QString ByteSpinBox::textFromValue(int megabytes) const
{
    if (megabytes < 1024)
        return tr("%1 MB").arg(megabytes);
    const double gigabytes = megabytes / 1024.0;
    return tr("%1 GB").arg(
        QLocale().toString(gigabytes, 'f', gigabytes == std::floor(gigabytes) ? 0 : 1));
}

int ByteSpinBox::valueFromText(const QString &text) const
{
    if (text == specialValueText())
        return minimum();
    const double megabytes = parsed(text).value_or(value());
    return int(std::clamp(megabytes, double(minimum()), double(maximum())));
}

QValidator::State ByteSpinBox::validate(QString &text, int &) const
{
    return text == specialValueText() || parsed(text) ? QValidator::Acceptable
                                                      : QValidator::Intermediate;
}

} // namespace ui
