// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QSlider;

namespace ui
{

class Tool;

/// A tool's size or another number of it: the number and a slider.
class SizeSlider : public QWidget
{
    Q_OBJECT

public:
    enum class Scale {
        Pixels, ///< logarithmic, from 1 to some hundreds
        Levels, ///< 0 to 255
    };

    /// `text` with %1 for the number.
    SizeSlider(const QString &text, const QString &toolTip, Scale scale = Scale::Pixels,
               QWidget *parent = nullptr);
    /// Shows what `get` says whenever the tool's options change, and sets what is dragged.
    void follow(const Tool &tool, std::function<double()> get,
                const std::function<void(double)> &set);

private:
    void show(double number);

    QString m_text;
    Scale m_scale;
    QLabel *m_label;
    QSlider *m_slider;
};

} // namespace ui
